/** Polar's embedded checkout, from its own package. */
import { PolarEmbedCheckout } from '@polar-sh/checkout/embed';
import type { BenchWindow } from './window.ts';

const bench = window as unknown as BenchWindow;
void PolarEmbedCheckout.create(bench.benchFrame).then(() => {
  bench.benchReady();
});
