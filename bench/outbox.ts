/**
 * The sandbox's outbox: webhooks that are due go out from a sandbox of its own process, as published, to a receiver of another,
 * beside a bare keep-alive client that signs and sends the same, and beside the same statements of the database with nothing sent.
 * Then its memory over all of them, and how long a good receiver waits beside others that hang. BENCH_WEBHOOKS of them, 100,000.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { keep, take } from '../src/sandbox/outbox/claims.ts';
import { openStore, type Database, type StoreOptions } from '../src/sandbox/store/store.ts';
import { freePort, startPostgres } from '../test/postgres.ts';
import { buildSandbox } from './published.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { type Bench, compare, tell } from './report.ts';
import { leastSquares, median, type Point } from './statistics.ts';

const WEBHOOKS = Number(process.env.BENCH_WEBHOOKS ?? 100_000);
/** All rounds together send as many as the one that memory is measured over. */
const ROUNDS = 10;
const A_ROUND = Math.ceil(WEBHOOKS / ROUNDS);
const AT_ONCE = 128;
const GOAL_A_SECOND = 1_500;
const BODY = JSON.stringify({ id: 'evt_1', type: 'payout.succeeded', data: { object: 'x'.repeat(500) } });
const PATIENCE_MS = 300_000;

/** What the sandbox does for each, and nothing else: an HMAC and a request. */
const BARE = `import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
const [url, times, body] = process.argv.slice(1);
const agent = new Agent({ keepAlive: true });
const send = () => new Promise((resolve, reject) => {
  const t = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', 'secret').update(t + '.').update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-signature': 't=' + t + ',v1=' + signature };
  request(url, { method: 'POST', agent, headers }, (response) => response.resume().on('end', resolve))
    .on('error', reject).end(body);
});
let left = Number(times);
await Promise.all(Array.from({ length: ${AT_ONCE} }, async () => { while (left-- > 0) await send(); }));
agent.destroy();`;

interface Place {
  readonly name: string;
  /** A database with so many due to an address; `*` in it is a number of each one's own. */
  prepare(
    times: number,
    url: string,
  ): Promise<{ readonly options: StoreOptions; readonly forget: () => Promise<void> }>;
}

/** Signed by Nixo's secret at each attempt, each about a subject of its own. */
const queue = (db: Database, times: number, url: string): Promise<unknown> =>
  db.execute(sql`
    insert into deliveries (id, system, subject, url, body, headers, state, attempts, history, due_at, created_at)
    select 'whk_' || n, 'nixo', 's' || n, replace(${url}, '*', n::text), ${BODY}, '{}', 'queued', 0, '[]', 0, 0
    from generate_series(1, ${times}::integer) n`);

const inFolder: Place = {
  name: 'PGlite in a folder',
  async prepare(times, url) {
    const dataDir = await mkdtemp(join(tmpdir(), 'kassa-bench-outbox-'));
    const store = await openStore({ dataDir });
    await queue(store.db, times, url);
    await store.close();
    return { options: { dataDir }, forget: () => rm(dataDir, { recursive: true, force: true }) };
  },
};

const postgresAt = (databaseUrl: string): Place => ({
  name: 'PostgreSQL',
  async prepare(times, url) {
    const store = await openStore({ databaseUrl });
    await store.forget();
    await queue(store.db, times, url);
    await store.close();
    return { options: { databaseUrl }, forget: () => Promise.resolve() };
  },
});

interface RunningSandbox {
  readonly url: string;
  readonly pid: number;
  kill(): Promise<void>;
}

async function startSandbox({ dataDir, databaseUrl }: StoreOptions): Promise<RunningSandbox> {
  const port = await freePort();
  const place = dataDir ? ['--data-dir', dataDir] : ['--database-url', databaseUrl ?? ''];
  const args = ['dist/command/bin.js', 'sandbox', '--port', String(port), ...place];
  // As a user starts it: vite, which built, has set NODE_ENV here.
  const env = { ...process.env, NODE_ENV: undefined, DATABASE_URL: undefined };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async kill() {
      const isOver = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGKILL')) await isOver;
    },
  };
}

/** Until so many have come. `look` is called with how many there are. */
async function allOf(
  receiver: Receiver,
  what: 'good' | 'hanging',
  times: number,
  look: (count: number) => unknown = () => undefined,
) {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const arrived = await receiver.arrived();
    await look(arrived[what]);
    if (arrived[what] >= times) return arrived;
    if (performance.now() > deadline) throw new Error(`${arrived[what]} of ${times} webhooks came`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Microseconds for one, as the receiver sees it: from the first to the last. */
async function timeOf(send: (url: string) => Promise<() => Promise<void>>): Promise<number> {
  const receiver = await startReceiver();
  try {
    const stop = await send(`${receiver.url}/hook`);
    const { first, last } = await allOf(receiver, 'good', A_ROUND);
    await stop();
    return ((last - first) * 1_000) / (A_ROUND - 1);
  } finally {
    receiver.close();
  }
}

async function bySandbox(place: Place, url: string): Promise<() => Promise<void>> {
  const { options, forget } = await place.prepare(A_ROUND, url);
  const sandbox = await startSandbox(options);
  return async () => {
    await sandbox.kill();
    await forget();
  };
}

function byBareClient(url: string): Promise<() => Promise<void>> {
  const args = ['--input-type=module', '-e', BARE, url, String(A_ROUND), BODY];
  const isOver = promisify(execFile)(process.execPath, args);
  return Promise.resolve(async () => void (await isOver));
}

/** Taken and written as delivered, in the sandbox's own statements. */
async function statementsAlone(place: Place): Promise<number> {
  const { options, forget } = await place.prepare(A_ROUND, 'http://127.0.0.1:9/');
  const store = await openStore(options);
  const startedAt = performance.now();
  for (;;) {
    const taken = await take(store.db, { atMost: AT_ONCE / 2, now: Date.now(), without: [] });
    if (taken.length === 0) break;
    const attempt = { at: Date.now(), status: 200, answer: '' };
    await keep(
      store.db,
      taken.map((webhook) => ({ webhook, attempt, state: 'delivered', dueAt: null })),
    );
  }
  const time = ((performance.now() - startedAt) * 1_000) / A_ROUND;
  await store.close();
  await forget();
  return time;
}

async function benchRate(bench: Bench, places: readonly Place[]): Promise<void> {
  const rounds = Math.min(bench.rounds, ROUNDS);
  for (const place of places) {
    const name = `${A_ROUND} due webhooks, ${place.name}`;
    const { rows } = await compare(bench, { name, unit: 'µs each', rounds, warmUps: 1 }, [
      { name: 'bare node:http, signed', measure: () => timeOf(byBareClient) },
      { name: 'statements alone', measure: () => statementsAlone(place) },
      { name: 'kassa', measure: () => timeOf((url) => bySandbox(place, url)) },
    ]);
    const aSecond = Math.round(1_000_000 / (rows.at(-1)?.median ?? Number.NaN));
    const verdict = aSecond < GOAL_A_SECOND ? ': MISSED' : '';
    console.log(`  kassa: ${aSecond} webhooks a second, goal ≥ ${GOAL_A_SECOND}${verdict}`);
  }
}

async function residentMb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Of the process, while all of them go out. The first quarter warms up. */
async function benchMemory(bench: Bench, place: Place): Promise<void> {
  const receiver = await startReceiver();
  const { options, forget } = await place.prepare(WEBHOOKS, `${receiver.url}/hook`);
  const sandbox = await startSandbox(options);
  const samples: Point[] = [];
  try {
    await allOf(receiver, 'good', WEBHOOKS, async (count) => {
      tell(`memory, ${place.name}: ${count} of ${WEBHOOKS}`);
      if (count < WEBHOOKS) samples.push([count, await residentMb(sandbox.pid)]);
    });
  } finally {
    await sandbox.kill();
    receiver.close();
    await forget();
  }
  const between = (from: number, to: number) =>
    samples.filter(([count]) => count >= from * WEBHOOKS && count < to * WEBHOOKS);
  const mbOf = (quarter: readonly Point[]): number => median(quarter.map(([, mb]) => mb));
  await compare(
    bench,
    { name: `RSS while ${WEBHOOKS} webhooks go out, ${place.name}`, unit: 'MB', rounds: 1, warmUps: 0 },
    [
      { name: 'in the second quarter', measure: () => mbOf(between(0.25, 0.5)) },
      { name: 'in the last', measure: () => mbOf(between(0.75, 1)), goal: 1.1 },
    ],
  );
  const slope = leastSquares(between(0.25, 1)) * 10_000;
  console.log(`  slope: ${slope.toFixed(2)} MB for 10,000 webhooks`);
}

const TOLD = 10;

/** Milliseconds from a change to its webhook at a good receiver, while so many others hang. */
async function waitBeside(place: Place, hanging: number): Promise<number> {
  const receiver = await startReceiver();
  const { options, forget } = await place.prepare(hanging, `${receiver.url}/hangs/*`);
  const sandbox = await startSandbox(options);
  const ask = (path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  try {
    while (!(await ask('config', { nixoWebhookUrl: `${receiver.url}/hook` }).catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await allOf(receiver, 'hanging', hanging);
    const times: number[] = [];
    for (let told = 1; told <= TOLD; told += 1) {
      const startedAt = performance.now();
      await ask('nixo/incoming', { amount: '1.00', currency: 'EUR' });
      while ((await receiver.arrived()).good < told) await new Promise(setImmediate);
      times.push(performance.now() - startedAt);
    }
    return median(times);
  } finally {
    await sandbox.kill();
    receiver.close();
    await forget();
  }
}

async function benchWait(bench: Bench, place: Place): Promise<void> {
  const name = `from a change to its webhook, ${place.name}`;
  await compare(
    bench,
    { name, unit: 'ms', rounds: Math.min(bench.rounds, ROUNDS), warmUps: 1 },
    [0, 128, 1_000].map((hanging) => ({
      name: hanging === 0 ? 'no receiver hangs' : `${hanging} others hang`,
      measure: () => waitBeside(place, hanging),
      ...(hanging > 0 && { goal: 3 }),
    })),
  );
}

export async function benchOutbox(bench: Bench): Promise<void> {
  await buildSandbox();
  const server = await startPostgres();
  const places = [inFolder, postgresAt(server.url)];
  try {
    await benchRate(bench, places);
    for (const place of places) await benchMemory(bench, place);
    await benchWait(bench, inFolder);
  } finally {
    await server.stop();
  }
}
