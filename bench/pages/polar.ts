/** Polar's embedded checkout, from its own package. */
import { PolarEmbedCheckout } from '@polar-sh/checkout/embed';

interface BenchWindow extends Window {
  benchFrame: string;
  benchReady: () => void;
}
const bench = window as unknown as BenchWindow;
void PolarEmbedCheckout.create(bench.benchFrame).then(() => {
  bench.benchReady();
});
