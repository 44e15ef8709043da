/** The inbox of one process. It forgets the oldest orders first, and everything at a restart: the gateway is asked then. */
import { isFinal } from '../../model/statuses.ts';
import type { WebhookEvent } from '../gateway/webhooks.ts';
import { type Inbox, judge, type KnownStatus, type StatusChange } from './inbox.ts';

/** Some 300 bytes each: at most a few megabytes. */
const MAX_ORDERS = 10_000;

interface Order {
  /** The newest state of each of its transactions: an order may take several attempts. */
  readonly transactions: Map<string, KnownStatus>;
  newest: KnownStatus;
}

export function createMemoryInbox({ now = Date.now }: { readonly now?: () => number } = {}): Inbox {
  const orders = new Map<string, Order>();
  const listeners = new Map<string, Set<(known: KnownStatus) => void>>();
  /** One event of an order at a time, so that a claim given back is seen by the next. */
  const queues = new Map<string, Promise<unknown>>();

  async function accept(event: WebhookEvent, handle: (change: StatusChange) => Promise<void> | void) {
    const order = orders.get(event.trackingId);
    const before = order?.transactions.get(event.transactionId);
    const verdict = judge(event, before);
    if (verdict !== 'new') return verdict;
    await handle(changeOf(event, before));
    remember(event, order);
    return 'handled';
  }

  function remember(event: WebhookEvent, order: Order | undefined): void {
    const known = knownOf(event, Math.max((order?.newest.version ?? 0) + 1, now()));
    const transactions = order?.transactions ?? new Map<string, KnownStatus>();
    transactions.set(event.transactionId, known);
    orders.delete(event.trackingId);
    // An order that was paid stays paid, whatever a late attempt of it reports.
    const paid = order?.newest.status === 'succeeded' && order.newest.transactionId !== event.transactionId;
    const newest = paid ? { ...order.newest, version: known.version } : known;
    orders.set(event.trackingId, { transactions, newest });
    forgetOldest();
    for (const tell of listeners.get(event.trackingId) ?? []) tell(newest);
  }

  function forgetOldest(): void {
    for (const trackingId of orders.keys()) {
      if (orders.size <= MAX_ORDERS) return;
      orders.delete(trackingId);
    }
  }

  return {
    accept(event, handle) {
      const before = queues.get(event.trackingId) ?? Promise.resolve();
      const run = before.catch(() => undefined).then(() => accept(event, handle));
      queues.set(event.trackingId, run);
      const tidy = (): void => {
        if (queues.get(event.trackingId) === run) queues.delete(event.trackingId);
      };
      run.then(tidy, tidy);
      return run;
    },
    find: (trackingId) => Promise.resolve(orders.get(trackingId)?.newest),
    subscribe(trackingId, listener) {
      const group = listeners.get(trackingId) ?? new Set();
      listeners.set(trackingId, group.add(listener));
      return () => {
        group.delete(listener);
        if (group.size === 0) listeners.delete(trackingId);
      };
    },
  };
}

function changeOf({ raw: _raw, ...event }: WebhookEvent, before: KnownStatus | undefined): StatusChange {
  return { ...event, ...(before && { previous: before.status }) };
}

function knownOf(
  { trackingId, transactionId, status, rawStatus, reason }: WebhookEvent,
  version: number,
): KnownStatus {
  return {
    trackingId,
    transactionId,
    status,
    rawStatus,
    version,
    ...(reason !== undefined && isFinal(status) && { reason }),
  };
}
