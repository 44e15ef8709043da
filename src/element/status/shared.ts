/**
 * One order in several tabs of a browser. One tab at a time asks the backend, and gives the others the hint to ask; and
 * one tab at a time has the order open to be paid. Both are Web Locks, which end with the tab that holds them, however
 * it ends.
 */
import { keepOtherTabsOut } from './open-order.ts';
import type { FollowedOrder } from './order.ts';
import { shareReports } from './reports.ts';

/** Starts at once; the returned function stops it for good. An address that is not safe is never asked. */
export function shareStatus(order: FollowedOrder): () => void {
  const { url, send, safeUrl, CashierError } = order;
  if (!safeUrl(url, location.href)) {
    send({ type: 'feed-error', error: CashierError.of('unsafe-url') });
    return () => undefined;
  }
  const stops = [shareReports(order), keepOtherTabsOut(order)];
  return () => {
    for (const stop of stops) stop();
  };
}
