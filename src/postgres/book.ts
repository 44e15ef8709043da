/** The order book in PostgreSQL, for any number of instances, and in PGlite, for one machine. */
import type { ChangeOptions, OrderBook, Work } from '../server/orders/book.ts';
import type { Order } from '../server/orders/order.ts';
import { openUntil } from '../server/orders/reading.ts';
import { createTurns, unlessAborted } from '../server/orders/turns.ts';
import type { Client, Run } from './clients/client.ts';
import { type DatabaseClient, recognize, type TransactionOf } from './clients/recognize.ts';
import { within } from './deadline.ts';
import { explained } from './errors.ts';
import { createFeed } from './feed.ts';
import { keyOf } from './schema.ts';
import * as statements from './statements.ts';
import { exclusively } from './tasks.ts';

export interface PostgresBookOptions {
  /** The longest that the database may take for one answer, a wait for a lock included. Default 30 000. */
  readonly timeoutMs?: number;
  /** How often open streams are held against the table, besides what instances tell each other. Default 500. */
  readonly lookEveryMs?: number;
}

export interface PostgresBook<Tx> extends OrderBook<Tx> {
  /** Stops listening. The client is yours, and stays open. */
  close(): Promise<void>;
}

/**
 * Keeps orders in the tables that `migrate` makes. What `onStatus` writes by its `tx` is kept together with the change
 * that it was told of, or not at all. PGlite has one connection: while a handler runs, only its `tx` may be used there.
 * @throws DatabaseError for a client that it does not know
 */
export function createPostgresBook<It extends DatabaseClient>(
  client: It,
  { timeoutMs = 30_000, lookEveryMs = 500 }: PostgresBookOptions = {},
): PostgresBook<TransactionOf<It>> {
  const database = recognize(client);
  const feed = createFeed(database, { timeoutMs, lookEveryMs });
  const turns = createTurns();
  const ask: Run = (statement) => within(timeoutMs, database.run(statement)).catch(rethrow);

  async function change<Result>(
    trackingId: string,
    work: Work<TransactionOf<It>, Result>,
    { signal = AbortSignal.timeout(timeoutMs) }: ChangeOptions = {},
  ): Promise<Result> {
    // Those of this instance wait here, where they keep no connection from others; those of other instances at the row.
    const { kept, result } = await turns.take(
      trackingId,
      () => recorded(database, { trackingId, timeoutMs, signal }, work),
      signal,
    );
    if (kept) feed.tell(kept);
    return result;
  }

  return {
    change,
    async find(trackingId) {
      return readOrder(await ask(statements.find({ key: keyOf(trackingId) })));
    },
    subscribe: feed.subscribe,
    unfinished: (now) => unfinished(ask, now),
    exclusively: (task, work) => exclusively(database, client, { task, timeoutMs }, work),
    async ping() {
      await ask(statements.one({ one: 1 }));
    },
    close: feed.close,
  };
}

interface Recorded<Result> {
  readonly kept?: Order;
  readonly result: Result;
}

interface Turn {
  readonly trackingId: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One change in one transaction. When the signal aborts, whatever comes after in it is not done. */
function recorded<Tx, Result>(
  database: Client<Tx>,
  { trackingId, timeoutMs, signal }: Turn,
  work: Work<Tx, Result>,
): Promise<Recorded<Result>> {
  return database.transaction(
    async (run, tx) => {
      signal.throwIfAborted();
      const key = keyOf(trackingId);
      const known = await lockOrder(run, key, database.isSingle);
      signal.throwIfAborted();
      const { order, result } = await unlessAborted(work(known, tx), signal);
      if (!order || order === known) return { result };
      await run(statements.save({ key, ...columnsOf(order) }));
      signal.throwIfAborted();
      return { kept: order, result };
    },
    { timeoutMs },
  );
}

/** The order, which nobody else changes until the transaction ends; for one that is not there yet, its name is locked. */
async function lockOrder(run: Run, key: string, isSingle: boolean): Promise<Order | undefined> {
  const there = readOrder(await run(statements.findLocked({ key })).catch(rethrow));
  if (there || isSingle) return there;
  await run(statements.lock({ name: `kassa order ${key}` }));
  return readOrder(await run(statements.findLocked({ key })));
}

const columnsOf = (order: Order) => ({
  version: order.version,
  changedAt: order.changedAt,
  openUntil: Math.min(openUntil(order), Number.MAX_SAFE_INTEGER),
  order: JSON.stringify(order),
});

function readOrder([row]: readonly (readonly unknown[])[]): Order | undefined {
  return row && (JSON.parse(String(row[0])) as Order);
}

/** Keys are small; orders are read by them, not by a search of their own. */
const KEYS = 10_000;
const PAGE = 100;

/** Page by page, up to the newest there was at the beginning: what changes on the way is not met a second time. */
async function* unfinished(ask: Run, now: number): AsyncIterable<Order> {
  const [[newest] = []] = await ask(statements.newest({ now }));
  if (newest === null || newest === undefined) return;
  const until = Number(newest);
  let last = { changedAt: -1, key: '' };
  for (;;) {
    const found = await ask(statements.unfinished({ now, until, ...last, limit: KEYS }));
    const keys = found.map(([, key]) => String(key));
    for (let at = 0; at < keys.length; at += PAGE) {
      const page = JSON.stringify(keys.slice(at, at + PAGE));
      for (const [order] of await ask(statements.unchanged({ keys: page, until }))) {
        yield JSON.parse(String(order)) as Order;
      }
    }
    const [changedAt, key] = found.at(-1) ?? [];
    if (found.length < KEYS) return;
    last = { changedAt: Number(changedAt), key: String(key) };
  }
}

const rethrow = (error: unknown): never => {
  throw explained(error);
};
