/** `npm run bench`: every figure the README names, measured here and now, beside a floor from the same run. */
import { benchHeadStart } from './head-start.ts';
import { benchReady } from './ready.ts';
import { benchStart } from './start.ts';
import { benchSize } from './size.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 30);

await benchSize();
await benchReady(rounds);
await benchHeadStart(Math.min(rounds, 15));
await benchStart(Math.min(rounds, 7));
