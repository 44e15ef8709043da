/** The shop's orders: one for each visit, kept in memory under a random cookie. */
import { randomUUID } from 'node:crypto';
import { type Item, ITEMS } from './items.ts';

export interface Order {
  readonly trackingId: string;
  readonly item: Item;
  /** The shopper may also get money out, as much as the item costs: an order of its own, the other way. */
  readonly withdrawalId: string;
}

export class Orders {
  readonly #byVisitor = new Map<string, Order>();
  readonly #visitors = new Map<string, string>();

  /** Begins an order; what the visitor paid or left before keeps its own tracking id. */
  begin(visitor: string, item: Item): Order {
    const order = { trackingId: randomUUID(), withdrawalId: randomUUID(), item };
    this.#byVisitor.set(visitor, order);
    this.#visitors.set(order.trackingId, visitor).set(order.withdrawalId, visitor);
    return order;
  }

  of(visitor: string): Order {
    return this.#byVisitor.get(visitor) ?? this.begin(visitor, ITEMS[0]);
  }

  /** Whose order it is. */
  visitorOf(trackingId: string): string | undefined {
    return this.#visitors.get(trackingId);
  }
}
