/**
 * Tells who listens of changes, whichever instance made them. NOTIFY makes it quick; a look into the table twice a second
 * makes it certain: for what an instance could not tell before it was killed, while the connection that listens is
 * lost, and behind poolers through which LISTEN never works.
 */
import type { Order } from '../server/orders/order.ts';
import type { Client } from './clients/client.ts';
import { within } from './deadline.ts';
import { createLine, oneAtATime } from './line.ts';
import { keyOf } from './schema.ts';
import * as statements from './statements.ts';

export interface Feed {
  readonly subscribe: (trackingId: string, listener: (order: Order) => void) => () => void;
  /** This instance changed an order, and the change is kept. */
  readonly tell: (order: Order) => void;
  readonly close: () => Promise<void>;
}

interface Watched {
  readonly listeners: Set<(order: Order) => void>;
  /** The newest version that the listeners were told. */
  told: number;
  /** The version there was when the first of them came: no change to them. Unknown until the table was read. */
  before?: number;
}

const NONE = -1;

export function createFeed<Tx>(
  client: Client<Tx>,
  { timeoutMs, lookEveryMs }: { readonly timeoutMs: number; readonly lookEveryMs: number },
): Feed {
  const watched = new Map<string, Watched>();
  /** Changed, as another instance says, and not read yet. */
  const changed = new Set<string>();
  let looksAtAll = false;
  const look = oneAtATime(readChanges);
  const line = createLine(client, {
    timeoutMs,
    lookEveryMs,
    onChange(key) {
      if (!watched.has(key)) return;
      changed.add(key);
      look();
    },
    onLook() {
      looksAtAll = true;
      if (watched.size > 0) look();
      return watched.size > 0;
    },
  });

  function deliver(key: string, order: Order): void {
    const group = watched.get(key);
    if (!group || order.version <= group.told) return;
    group.told = order.version;
    // It is kept, whoever cannot hear it.
    for (const listener of group.listeners) queueMicrotask(() => listener(order));
  }

  /** Of which orders the table is asked for something newer, and than what. */
  function wanted(): ReadonlyMap<string, number> {
    const versions = new Map<string, number>();
    for (const [key, { told, before }] of watched) {
      if (before === undefined || changed.has(key)) versions.set(key, told);
      else if (looksAtAll) versions.set(key, Math.max(told, before));
    }
    return versions;
  }

  async function readChanges(): Promise<void> {
    const versions = wanted();
    const named = new Set(changed);
    changed.clear();
    looksAtAll = false;
    if (versions.size === 0) return;
    const begun = [...watched].filter(([, { before }]) => before === undefined);
    try {
      const found = await newer(versions);
      for (const [key, group] of begun) {
        group.before = found.get(key)?.version ?? NONE;
        if (!named.has(key)) found.delete(key);
      }
      for (const [key, order] of found) deliver(key, order);
    } catch {
      // The next look may find the database up again.
      for (const key of named) changed.add(key);
    }
  }

  async function newer(versions: ReadonlyMap<string, number>): Promise<Map<string, Order>> {
    const asked = statements.newer({ versions: JSON.stringify(Object.fromEntries(versions)) });
    const rows = await within(timeoutMs, client.run(asked));
    return new Map(rows.map(([key, order]) => [String(key), JSON.parse(String(order)) as Order]));
  }

  return {
    subscribe(trackingId, listener) {
      const key = keyOf(trackingId);
      const group = watched.get(key) ?? { listeners: new Set(), told: NONE };
      watched.set(key, group);
      group.listeners.add(listener);
      line.open();
      if (group.before === undefined) look();
      return () => {
        group.listeners.delete(listener);
        if (group.listeners.size === 0 && watched.get(key) === group) watched.delete(key);
      };
    },
    tell(order) {
      const key = keyOf(order.trackingId);
      deliver(key, order);
      line.say(key);
    },
    close: line.close,
  };
}
