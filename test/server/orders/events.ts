/** What the gateway says, for tests of the order book. */
import { meaningOf } from '../../../src/model/gateway/statuses.ts';
import type { OrderEvent, Terms } from '../../../src/server/orders/order.ts';

export const NOON = Date.UTC(2026, 10, 21, 12);

export const TERMS: Terms = { direction: 'deposit', amount: '10.05', currency: 'EUR', userId: '128' };

/** The documented event of transaction `a` of `order-1`, which is what `TERMS` say. */
export const said = (rawStatus: string, more: Partial<OrderEvent> = {}): OrderEvent => ({
  transactionId: 'a',
  trackingId: 'order-1',
  userId: '128',
  type: 'deposit',
  status: meaningOf(rawStatus),
  rawStatus,
  amount: '10.05',
  currency: 'EUR',
  ...more,
});
