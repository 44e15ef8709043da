/** The order book of one process. It forgets the oldest finished orders first, and everything at a restart. */
import { BookFullError, type ChangeOptions, type OrderBook, type Work } from './book.ts';
import type { Order } from './order.ts';
import { openUntil } from './reading.ts';
import { createTurns, unlessAborted } from './turns.ts';

export interface MemoryBookOptions {
  /** How many orders are remembered. Open ones are never forgotten for new ones. Default 50 000, some 1 kB each. */
  readonly maxOrders?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const MAX_ORDERS = 50_000;

/** For tests, the demo, and a shop of one process that can bear a restart: `onStatus` may then run a second time. */
export function createMemoryBook({
  maxOrders = MAX_ORDERS,
  now = Date.now,
}: MemoryBookOptions = {}): OrderBook {
  /** The longest unchanged first. */
  const orders = new Map<string, Order>();
  const listeners = new Map<string, Set<(order: Order) => void>>();
  const turns = createTurns();
  const tasks = new Set<string>();

  const change = <Result>(
    trackingId: string,
    work: Work<undefined, Result>,
    { signal }: ChangeOptions = {},
  ): Promise<Result> =>
    turns.take(
      trackingId,
      async () => {
        const known = orders.get(trackingId);
        const { order, result } = await unlessAborted(work(known, undefined), signal);
        if (order && order !== known) keep(order, known);
        return result;
      },
      signal,
    );

  function keep(order: Order, known: Order | undefined): void {
    if (!known) makeRoom();
    orders.delete(order.trackingId);
    orders.set(order.trackingId, order);
    for (const tell of listeners.get(order.trackingId) ?? []) {
      // It is kept, whoever cannot hear it.
      queueMicrotask(() => tell(order));
    }
  }

  function makeRoom(): void {
    if (orders.size < maxOrders) return;
    const time = now();
    for (const [trackingId, order] of orders) {
      if (openUntil(order) > time || turns.isTaken(trackingId)) continue;
      orders.delete(trackingId);
      return;
    }
    throw new BookFullError(maxOrders);
  }

  return {
    change,
    find: (trackingId) => Promise.resolve(orders.get(trackingId)),
    subscribe(trackingId, listener) {
      const group = listeners.get(trackingId) ?? new Set();
      listeners.set(trackingId, group.add(listener));
      return () => {
        group.delete(listener);
        if (group.size === 0 && listeners.get(trackingId) === group) listeners.delete(trackingId);
      };
    },
    async *unfinished(time) {
      for (const order of [...orders.values()]) {
        if (openUntil(order) > time) yield await Promise.resolve(order);
      }
    },
    async exclusively(task, work) {
      if (tasks.has(task)) return false;
      tasks.add(task);
      try {
        await work();
      } finally {
        tasks.delete(task);
      }
      return true;
    },
    ping: () => Promise.resolve(),
  };
}
