/**
 * The shop's money under the knife: three instances behind a round robin on one PostgreSQL, handlers that fail, webhooks
 * that come twice, crossed and wrong, processes that are killed and a database that is restarted.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBook, migrate } from 'kassa/postgres';
import { signWebhook } from 'kassa/server';
import { startSandbox } from 'kassa/sandbox';
import postgres from 'postgres';
import { opened, type Order } from '../../../src/server/orders/order.ts';
import type { OwnPostgres } from '../../postgres.ts';
import { type Instances, startInstances } from './instances.ts';
import { type Chance, chanceFrom, deliveriesOf, type Life, lifeOf, orderOf, type Told } from './lives.ts';
import { watchOrder, type Watcher } from './streams.ts';
import { type Outage, type Row, streamsToldOf, violationsOf } from './verdict.ts';

export interface Round {
  readonly seed: number;
  readonly webhooks: number;
  readonly orders: number;
  /** Of the orders, so many are opened by the session route, and watched by a page. */
  readonly sessions: number;
  readonly kills: number;
  readonly restarts: number;
}

export interface Proof {
  /** What is printed, in order. */
  readonly counts: Readonly<Record<string, number | string>>;
  readonly violations: readonly string[];
}

const PASSWORD = 'spg_test_kassa_0001';
const FAILING = 0.3;
const AT_ONCE = 24;
const TOLD_WITHIN_MS = 2_000;
/** A gateway comes again for 70 minutes; here it hurries. */
const AGAIN_MS = 150;
const GIVEN_UP_AFTER_MS = 120_000;

const TABLES = ['effects', 'mismatches'] as const;

/** On a server that is empty. Whoever started it stops it. */
export async function proveShop(round: Round, server: OwnPostgres): Promise<Proof> {
  const startedAt = Date.now();
  const chance = chanceFrom(round.seed);
  const lives = Array.from({ length: round.orders }, (_, index) => lifeOf(index, chance));
  const deliveries = deliveriesOf(lives, round.webhooks, chance);
  const sandbox = await startSandbox({ port: 0, webhookUrl: 'http://127.0.0.1:9/webhook' });
  const sql = postgres(server.url, { max: 8, connect_timeout: 5, onnotice: () => undefined });
  let instances: Instances | undefined;
  let watchers: readonly Watcher[] = [];
  try {
    await migrate(sql);
    for (const table of TABLES) {
      await sql`create table ${sql(table)} (id bigserial primary key, tracking_id text, transaction_id text,
        word text, amount text, type text, at timestamptz default clock_timestamp())`;
    }
    instances = await startInstances({
      DATABASE_URL: server.url,
      GATEWAY_URL: `${sandbox.url}/gateway`,
      FAILING: String(FAILING),
    });
    watchers = await openOrders(lives, { ...round, url: instances.url, sql });
    const openedAt = Date.now();
    const outages: Outage[] = [];
    const knife = createKnife(round, chance, instances, async () => {
      const from = Date.now();
      await server.restart();
      outages.push({ from, until: Date.now() });
    });
    const answers = await deliverAll(deliveries, instances.url, (count) => knife.onDelivered(count));
    await knife.done();
    const deliveredAt = Date.now();
    await pause(TOLD_WITHIN_MS + 500);
    const endedAt = Date.now();
    const [effects, mismatches] = await Promise.all(TABLES.map((table) => rowsOf(sql, table)));
    const kept = { effects: effects ?? [], mismatches: mismatches ?? [], book: await bookOf(sql) };
    const streams = streamsToldOf(watchers, kept.effects, { withinMs: TOLD_WITHIN_MS, outages, endedAt });
    return {
      violations: [
        ...violationsOf(lives, kept),
        ...streams.violations,
        ...(instances.crashes() > 0 ? [`${instances.crashes()} instances ended by themselves`] : []),
      ],
      counts: {
        seed: round.seed,
        webhooks: deliveries.length,
        'different changes': new Set(deliveries.map((told) => JSON.stringify(told))).size,
        'requests until all were taken': [...answers.values()].reduce((sum, count) => sum + count, 0),
        'answers by status (0: none)': [...answers]
          .sort(([a], [b]) => a - b)
          .map(([status, count]) => `${status}: ${count}`)
          .join(', '),
        'instances killed': round.kills,
        'PostgreSQL restarted': outages.length,
        'effects of onStatus': kept.effects.length,
        'mismatches told': kept.mismatches.length,
        'open streams': watchers.length,
        'streams told of a success': streams.delays.length,
        'told after, ms (median, p99, most)': quantilesOf(streams.delays),
        'webhooks a second': Math.round(deliveries.length / ((deliveredAt - openedAt) / 1_000)),
        seconds: Math.round((endedAt - startedAt) / 1_000),
      },
    };
  } finally {
    await Promise.all(watchers.map((watcher) => watcher.stop()));
    await instances?.close();
    await sandbox.close();
    await sql.end({ timeout: 2 });
  }
}

interface Opening extends Round {
  readonly url: string;
  readonly sql: postgres.Sql;
}

/** Some by the session route and the gateway, the others as that writes them down. */
async function openOrders(
  lives: readonly Life[],
  { url, sql, sessions }: Opening,
): Promise<readonly Watcher[]> {
  const watchers: Watcher[] = [];
  await inParallel(lives.slice(0, sessions), 6, async ({ trackingId }) => {
    const answer = await fetch(`${url}/kassa/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-order': trackingId },
      body: '{"flow":"deposit"}',
    });
    if (!answer.ok) throw new Error(`no session for ${trackingId}: ${answer.status} ${await answer.text()}`);
    const { statusUrl } = (await answer.json()) as { statusUrl: string };
    watchers.push(watchOrder(trackingId, statusUrl));
  });
  const book = createPostgresBook(sql);
  await inParallel(lives.slice(sessions), 6, async ({ trackingId }) => {
    const { amount, currency, userId } = orderOf(trackingId);
    const at = Date.now();
    await book.change(trackingId, (order) =>
      Promise.resolve({
        order: opened(
          order,
          trackingId,
          { direction: 'deposit', amount, currency, userId },
          { by: 'token', flow: 'deposit', at, until: at + 1_800_000 },
        ),
        result: undefined,
      }),
    );
  });
  await book.close();
  return watchers;
}

/** Each until it is taken. Answers how often the shop answered what. */
async function deliverAll(
  deliveries: readonly Told[],
  url: string,
  onDelivered: (count: number) => void,
): Promise<ReadonlyMap<number, number>> {
  const answers = new Map<number, number>();
  let taken = 0;
  await inParallel(deliveries, AT_ONCE, async (told) => {
    const body = JSON.stringify(told);
    const headers = { 'x-signature': await signWebhook(body, PASSWORD), 'content-type': 'application/json' };
    const until = Date.now() + GIVEN_UP_AFTER_MS;
    for (;;) {
      const status = await fetch(`${url}/kassa/webhook`, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(10_000),
      }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        () => 0,
      );
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === 200) break;
      if (Date.now() > until) throw new Error(`nobody took ${body}: ${status} at last`);
      await pause(AGAIN_MS * Math.random());
    }
    taken += 1;
    onDelivered(taken);
  });
  return answers;
}

/** Kills and restarts, spread over the deliveries. */
function createKnife(
  { webhooks, kills, restarts }: Round,
  chance: Chance,
  instances: Instances,
  restart: () => Promise<void>,
) {
  const strokes = [
    ...Array.from({ length: kills }, () => ({
      at: chance() * webhooks,
      strike: () => instances.kill(Math.floor(chance() * 3)),
    })),
    ...Array.from({ length: restarts }, (_, index) => ({
      at: ((index + 1) / (restarts + 1)) * webhooks,
      strike: restart,
    })),
  ].sort((a, b) => a.at - b.at);
  let striking: Promise<void> = Promise.resolve();
  return {
    onDelivered(count: number): void {
      for (let [next] = strokes; next && next.at <= count; [next] = strokes) {
        strokes.shift();
        const { strike } = next;
        striking = striking.then(strike);
      }
    },
    done: () => striking,
  };
}

async function rowsOf(sql: postgres.Sql, table: string): Promise<readonly Row[]> {
  const rows = await sql<(Omit<Row, 'at'> & { at: Date })[]>`select * from ${sql(table)} order by id`;
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

async function bookOf(sql: postgres.Sql): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await sql<{ order: Order }[]>`select "order" from kassa.orders`;
  return new Map(
    rows.flatMap(({ order }) =>
      order.transactions.map(({ transactionId, states }) => [
        transactionId,
        states.map(({ rawStatus }) => rawStatus),
      ]),
    ),
  );
}

async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

function quantilesOf(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return [at(0.5), at(0.99), sorted.at(-1) ?? 0].join(', ');
}
