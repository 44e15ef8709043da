/** Whether something may be opened for an order: asked of the book, and of the gateway, which may know more. */
import type { Flow } from '../../model/flows.ts';
import { isApiError } from '../errors.ts';
import { BookFullError } from '../orders/book.ts';
import { withRows } from '../orders/listed.ts';
import type { Opening, Order } from '../orders/order.ts';
import { CHECKING, chargeUnderWay, reportOf, settledAs, standingOf } from '../orders/reading.ts';
import { statusPath } from './addresses.ts';
import { Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';
import type { PlacedOrder } from './shop-order.ts';

/** What was known of an order's failed attempts when it was opened again. */
export type Baseline = Pick<Opening, 'before' | 'owesDecline'>;

/** A payment that there is already, by the gateway's word for it. */
export interface Taken {
  readonly standing: 'open' | 'paid';
  readonly rawStatus: string;
}

/**
 * Two tabs, a tab that was reloaded, a process that was restarted: none of them may pay an order twice. So the gateway
 * is asked once before anything is opened, unless the id was made just now or the book knows that it is taken. That costs
 * one read: against the sandbox on one machine a session then takes 8.6 ms instead of 4.9 (medians of 350), three
 * quarters of a mint on top, and over a network one round trip.
 *
 * @throws ApiError when the gateway does not answer: what cannot be known is not opened
 */
export async function takenBy(
  { trackingId, isNew }: Pick<PlacedOrder, 'trackingId' | 'isNew'>,
  context: Pick<RouteContext, 'book' | 'statusSource' | 'now'>,
): Promise<Taken | Baseline> {
  if (isNew) return {};
  const order = await context.book.find(trackingId);
  const known = takenInBook(order, context.now());
  const mayBeOver = order !== undefined && known?.standing === 'open' && hasOnlyPending(order, context.now());
  if (known && !mayBeOver) return known;
  const word = await context.statusSource.consult(trackingId, order).catch((error: unknown) => {
    if (known) return undefined;
    throw error;
  });
  if (!word) return known ?? {};
  // An unknown word says that there is something, and not that it is over.
  if (word.status === 'pending') return { standing: 'open', rawStatus: word.rawStatus };
  const taken = takenInBook(withRows(order, word.rows, context.now()), context.now());
  if (word.status === 'succeeded') return taken ?? { standing: 'paid', rawStatus: word.rawStatus };
  if (taken) return taken;
  if (word.rows.length === 0) {
    const knowsIt = order?.transactions.some((transaction) => settledAs(transaction) === 'failed') ?? false;
    return knowsIt ? {} : { owesDecline: true };
  }
  return { before: word.rows.map(({ transactionId }) => transactionId) };
}

export const isTaken = (found: Taken | Baseline): found is Taken => 'standing' in found;

export function takenInBook(order: Order | undefined, now: number): Taken | undefined {
  const standing = standingOf(order, now);
  if (!order || standing === 'payable') return undefined;
  return { standing, rawStatus: reportOf(order).rawStatus || 'pending' };
}

/** A pending may have ended with nobody told; a charge under way and a decision of the shop's have not. */
const hasOnlyPending = (order: Order, now: number): boolean =>
  chargeUnderWay(order, now) === undefined && reportOf(order).rawStatus !== CHECKING;

/**
 * The gateway calls the order a duplicate: by 1076, by another of its codes for a state that forbids the operation, or
 * by HTTP 409.
 */
export const isDuplicate = (error: unknown): boolean =>
  isApiError(error) && (error.kind === 'state' || error.status === 409);

/** The refusal that a page gets for an order that is taken: it follows the payment there is instead. */
export async function openAlready(
  { standing, rawStatus }: Taken,
  { trackingId, flow, origin }: { readonly trackingId: string; readonly flow: Flow; readonly origin: string },
  context: RouteContext,
): Promise<Refusal> {
  const payment = {
    trackingId,
    flow,
    statusUrl: origin + (await statusPath(trackingId, context)),
    transaction_status: rawStatus,
  };
  return standing === 'paid'
    ? new Refusal(409, 'already-paid', 'This order is paid already.', 'The element tells its outcome.', {
        payment,
      })
    : new Refusal(
        409,
        'payment-open',
        'A payment of this order is under way.',
        'The element follows it to its outcome. For a payment of its own, give the order another trackingId.',
        { payment },
      );
}

/** What the gateway says of an order that it called a duplicate. */
export async function takenAtGateway(
  trackingId: string,
  { statusSource, tell }: Pick<RouteContext, 'statusSource' | 'tell'>,
): Promise<Taken> {
  const word = await statusSource.consult(trackingId, undefined).catch((error: unknown) => {
    tell(error);
    return undefined;
  });
  return word?.status === 'succeeded'
    ? { standing: 'paid', rawStatus: word.rawStatus }
    : { standing: 'open', rawStatus: word?.status === 'pending' ? word.rawStatus : 'pending' };
}

/** What a page may know of a gateway that refused or did not answer; the shop is told the rest. */
export function readable(error: unknown): unknown {
  if (error instanceof BookFullError) {
    return new Refusal(
      503,
      'shop-busy',
      'The shop cannot take another order right now.',
      'Nothing was charged by this request. Try again in a moment.',
      { cause: error },
    );
  }
  if (!isApiError(error)) return error;
  const later = error.kind === 'transient' || error.kind === 'network' || error.kind === 'timeout';
  return new Refusal(
    later ? 503 : 502,
    later ? 'gateway-unavailable' : 'gateway-refused',
    later
      ? 'The payment service does not answer right now.'
      : 'The payment service refused to open a cashier.',
    later
      ? 'Nothing was charged by this request. Try again in a moment.'
      : 'Nothing was charged by this request. The shop has been told why.',
    { cause: error },
  );
}
