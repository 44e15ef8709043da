/**
 * `npm run bench`: every figure that is named anywhere, measured here and now, beside a floor from the same run.
 * `npm run bench -- webhooks` measures only what is named. Results are kept in bench/results; BENCH_ROUNDS and BENCH_SEED
 * stand for less time and for the same chance again. `--plot` draws what is kept. The peers are had by `npm install --prefix bench`.
 */
import { benchHeadStart } from './head-start.ts';
import { benchMint } from './mint.ts';
import { benchOutbox } from './outbox.ts';
import { plotAll } from './plot.ts';
import { benchProfile } from './profile.ts';
import { benchReady } from './ready.ts';
import { save, startBench, type Bench } from './report.ts';
import { benchShop } from './shop.ts';
import { benchSimulators } from './simulators.ts';
import { benchSize } from './size.ts';
import { benchSlopes } from './slopes.ts';
import { benchTransfers } from './transfers.ts';
import { benchWebhooks } from './webhooks.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 30);
const seed = Number(process.env.BENCH_SEED ?? Date.now() % 1_000_000);

const BENCHES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  size: benchSize,
  ready: benchReady,
  'head-start': benchHeadStart,
  simulators: benchSimulators,
  transfers: benchTransfers,
  outbox: benchOutbox,
  shop: benchShop,
  webhooks: benchWebhooks,
  mint: benchMint,
  slopes: benchSlopes,
  profile: benchProfile,
};

const wanted = process.argv.slice(2).filter((word) => word !== '--plot');
for (const name of wanted.filter((it) => !(it in BENCHES))) {
  throw new Error(`There is no bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`);
}
const isPlot = process.argv.includes('--plot');
for (const [name, measure] of Object.entries(BENCHES)) {
  // What is kept is drawn without being measured again.
  if (wanted.length > 0 ? !wanted.includes(name) : isPlot) continue;
  const bench = startBench(seed, rounds);
  await measure(bench);
  save(name, bench);
}
if (isPlot) await plotAll();
