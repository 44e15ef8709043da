/**
 * `npm run bench`: every figure that is named anywhere, measured here and now, beside a floor from the same run.
 * `npm run bench -- shop` measures only what is named.
 */
import { benchHeadStart } from './head-start.ts';
import { benchReady } from './ready.ts';
import { benchShop } from './shop.ts';
import { benchStart } from './start.ts';
import { benchSize } from './size.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 30);

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  size: benchSize,
  ready: () => benchReady(rounds),
  'head-start': () => benchHeadStart(Math.min(rounds, 15)),
  start: () => benchStart(Math.min(rounds, 7)),
  shop: () => benchShop(rounds),
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
