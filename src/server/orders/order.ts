/**
 * The page of the order book for one order: what the shop ordered, what was opened for it, and all that the gateway
 * has signed about it since. Plain JSON, so that any database can keep it.
 */
import type { Direction, Flow } from '../../model/flows.ts';
import type { Status } from '../../model/statuses.ts';
import type { WebhookEvent } from '../gateway/webhooks.ts';

/** What the shop ordered, as every event of the gateway is held against it. Amounts are decimal strings: `"200.00"`. */
export interface Terms {
  readonly direction: Direction;
  /** What is to be paid; with `openAmount`, what is suggested, if anything is. */
  readonly amount?: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly userId: string;
  /** The shopper chooses an amount between these two, both included. */
  readonly openAmount?: { readonly min: string; readonly max: string };
}

/** One way to pay that was opened: a token for the hosted page, or a card that the shop's backend charges. */
export interface Opening {
  /** The order's version when it was opened. What is not newer belongs to what was opened before. */
  readonly version: number;
  readonly by: 'token' | 'charge';
  readonly flow: Flow;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds: from then on nothing can begin by it. */
  readonly until: number;
  /** The gateway's ids of transactions that it had before, heard of here or not. */
  readonly before?: readonly string[];
  /** The gateway knew of a decline whose webhook had not come yet; it says nothing about this opening when it does. */
  readonly owesDecline?: true;
  /** What the gateway answered to the charge: what a second click gets. */
  readonly answer?: ChargeAnswer;
}

/** The documented part of the gateway's answer to a charge, and nothing that could hold a card. */
export interface ChargeAnswer {
  readonly transaction_status: string;
  readonly url?: string;
  readonly error?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** What the gateway says of a transaction: a verified webhook, or a row of its list. */
export type OrderEvent = Omit<WebhookEvent, 'raw'>;

/** In what an event differs from what was ordered. `status`: a success was taken back. `paid-twice`: one was enough. */
export type Difference = 'amount' | 'currency' | 'type' | 'user' | 'status' | 'paid-twice';

/** What the shop says of a transaction that does not match its order. */
export type Decision = 'accept' | 'refuse';

/** One thing that the gateway said of a transaction. */
export interface State extends Omit<OrderEvent, 'trackingId' | 'transactionId'> {
  /** Of the order, when this became known. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly mismatch?: readonly Difference[];
  readonly decision?: Decision;
}

export interface OrderTransaction {
  /** The gateway's id. */
  readonly transactionId: string;
  /** All that became known of it, oldest first; never empty. */
  readonly states: readonly [State, ...State[]];
}

export interface Order {
  readonly trackingId: string;
  /** Rises with each change of this order: the id of server-sent events. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  /** Missing when events came for an order that this book never opened. */
  readonly terms?: Terms;
  readonly openings: readonly Opening[];
  readonly transactions: readonly OrderTransaction[];
}

/** One change of a transaction, as the shop's handlers get it. */
export interface StatusChange extends OrderEvent {
  /**
   * Where the order stands with it: paid once one of its transactions is, failed only when none of them is open. What
   * `status` says is about this transaction alone, of which an order may have several.
   */
  readonly orderStatus: Status;
  /** What was known of this transaction before, if anything was. */
  readonly previous?: OrderEvent['status'];
  /** A success that came after the transaction was told as failed. It counts: the money is there. */
  readonly late?: true;
  /** In what it differs from what was ordered. */
  readonly mismatch?: readonly Difference[];
}

/**
 * The next version: the time of the change, or one more than the last, so that it rises on after a restart that forgot
 * the order.
 */
export const nextVersion = (order: Order | undefined, now: number): number =>
  Math.max((order?.version ?? 0) + 1, now);

/** The order with one more opening, under the terms of now. */
export function opened(
  order: Order | undefined,
  trackingId: string,
  terms: Terms,
  opening: Omit<Opening, 'version'>,
): Order {
  const version = nextVersion(order, opening.at);
  return {
    trackingId,
    version,
    changedAt: opening.at,
    terms,
    openings: [...(order?.openings ?? []).slice(1 - MAX_OPENINGS), { ...opening, version }],
    transactions: order?.transactions ?? [],
  };
}

/** A page that is reloaded for ever opens for ever; only the newest are of use. */
const MAX_OPENINGS = 20;
