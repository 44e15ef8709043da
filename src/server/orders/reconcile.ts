/**
 * Holds the book against the gateway's list, and takes what webhooks missed: the same judge, the same handlers, the
 * same locks, so that a webhook that comes at the same moment is no second change.
 */
import { tidyAmount } from '../../model/money.ts';
import { KassaError } from '../../model/errors.ts';
import { InputError } from '../errors.ts';
import type { Gateway, Transaction } from '../gateway/operations.ts';
import { dayWindows } from '../gateway/date-windows.ts';
import type { Acceptance } from './accept.ts';
import type { OrderBook } from './book.ts';
import { judge } from './judge.ts';
import { eventOf } from './listed.ts';
import type { OrderEvent } from './order.ts';

export interface ReconcileOptions {
  /**
   * What began before is not looked at: a day (`"2026-11-20"`) or a time, ISO 8601 or a `Date`. Default: yesterday. The
   * gateway lists by the day a transaction began, so go back as far as your slowest payment takes.
   */
  readonly since?: string | Date;
}

export interface Reconciliation {
  /** `false`: another instance was at it, and nothing was done here. */
  readonly ran: boolean;
  /** The days that were looked at, ISO 8601, in UTC, both included. */
  readonly from: string;
  readonly to: string;
  /** Transactions that the gateway listed. */
  readonly listed: number;
  /** What the book did not know, oldest first. */
  readonly changes: readonly ReconciledChange[];
  /** What could not be taken, because a handler or the book failed; told to `onError`, and tried again next time. */
  readonly failures: number;
}

export interface ReconciledChange {
  readonly trackingId: string;
  readonly transactionId: string;
  /** The gateway's own word. */
  readonly rawStatus: string;
  readonly acceptance: Exclude<Acceptance, 'duplicate'>;
}

export interface Reconciler {
  readonly gateway: Pick<Gateway, 'listTransactions'>;
  readonly book: Pick<OrderBook<unknown>, 'find' | 'exclusively'>;
  readonly accept: (event: OrderEvent) => Promise<Acceptance>;
  readonly tell: (error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** How many orders are at work at once: a database lends no more connections than it has. */
const AT_ONCE = 4;

/** @throws InputError for a `since` that is no time or lies ahead, ApiError when the gateway gives no list */
export async function reconcile(
  { since }: ReconcileOptions,
  reconciler: Reconciler,
): Promise<Reconciliation> {
  const today = reconciler.now();
  const range = { from: dayOf(readTime(since ?? new Date(today - DAY_MS))), to: dayOf(today) };
  const windows = dayWindows('reconcile', range);
  const found = { listed: 0, changes: [] as ReconciledChange[], failures: 0 };
  const ran = await reconciler.book.exclusively('reconcile', async () => {
    for (const window of windows) {
      const rows = await reconciler.gateway.listTransactions(window);
      found.listed += rows.length;
      await eachOf(rows, AT_ONCE, async (row) => {
        try {
          const event = eventOf(row);
          if (!event) throw unreadable(row);
          const change = await take(event, reconciler);
          if (change) found.changes.push(change);
        } catch (error) {
          found.failures += 1;
          reconciler.tell(error);
        }
      });
    }
  });
  return { ran, ...range, ...found };
}

async function take(event: OrderEvent, { book, accept }: Reconciler): Promise<ReconciledChange | undefined> {
  const { trackingId, transactionId, rawStatus } = event;
  // As with webhooks: an amount that cannot be read is nothing that a shop could act on.
  tidyAmount(event.amount, event.currency);
  // Nearly all is known: that is seen without keeping anybody from the order.
  if (judge(await book.find(trackingId), event).verdict === 'duplicate') return undefined;
  const acceptance = await accept(event);
  return acceptance === 'duplicate' ? undefined : { trackingId, transactionId, rawStatus, acceptance };
}

/** Never dropped in silence: it may be somebody's payment. */
const unreadable = ({ transactionId, trackingId, rawStatus }: Transaction): KassaError =>
  new KassaError({
    code: 'unreadable-row',
    message: `A row of the gateway's list cannot be read: transaction ${transactionId}, order ${trackingId}, ${rawStatus}. Its id, amount or currency is missing or no such thing.`,
    hint: 'Look the transaction up in the gateway’s portal; the book does not know of it by this row.',
    retryable: false,
  });

function readTime(since: string | Date): number {
  const time = typeof since === 'string' ? Date.parse(since) : since.getTime();
  if (!Number.isNaN(time)) return time;
  throw new InputError('reconcile', [
    { path: 'since', message: 'use an ISO day such as "2026-11-20", or a Date' },
  ]);
}

/** In UTC. */
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
