/**
 * One order in several tabs of a browser. One tab at a time asks the backend, and gives the others the hint to ask; and
 * one tab at a time has the order open to be paid. Both are Web Locks, which end with the tab that holds them, however
 * it ends.
 */
import type { CashierError } from '../errors.ts';
import type { Input } from '../machine/machine.ts';
import { keepOtherTabsOut } from './open-order.ts';
import { shareReports } from './reports.ts';

export interface FollowedOrder {
  /** Of the shop's status route. */
  readonly url: string;
  readonly trackingId: string;
  readonly send: (input: Input) => void;
  /** Where the cashier is: one that nobody can see keeps nobody from paying in another one. */
  readonly holder: Element;
  /** Passed in, so that this chunk shares no code with the file that fetches it. */
  readonly CashierError: typeof CashierError;
}

/** Starts at once; the returned function stops it for good. */
export function shareStatus(order: FollowedOrder): () => void {
  const stops = [shareReports(order), keepOtherTabsOut(order)];
  return () => {
    for (const stop of stops) stop();
  };
}
