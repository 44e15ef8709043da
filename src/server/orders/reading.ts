/** What an order says to those who ask: the page, the session route, and whoever tidies the book. Pure. */
import { meaningOf } from '../../model/gateway/statuses.ts';
import type { Status } from '../../model/statuses.ts';
import type { StatusReport } from '../../wire/session.ts';
import type { Opening, Order, OrderTransaction, State } from './order.ts';

/** What a page hears in place of the gateway's word while a payment that does not match its order is undecided. */
export const CHECKING = 'checking';
/** … and when the shop refused it. */
const REFUSED = 'refused';

/** A success counts when it is what was ordered, or the shop accepted it. */
const counts = ({ mismatch, decision }: State): boolean => mismatch === undefined || decision === 'accept';

export const hasSucceeded = ({ states }: OrderTransaction): boolean =>
  states.some((state) => state.status === 'succeeded' && counts(state));

/** `checking`: the gateway says that money moved, and the shop has not said whether it pays for the order. */
export type Settlement = Status | typeof CHECKING;

/** What became of a transaction, in whatever order its states arrived. */
export function settledAs(transaction: OrderTransaction): Settlement {
  if (hasSucceeded(transaction)) return 'succeeded';
  const odd = transaction.states.filter(({ status }) => status === 'succeeded');
  if (odd.length > 0) return odd.some(({ decision }) => decision === undefined) ? CHECKING : 'failed';
  return transaction.states.some(({ status }) => status === 'failed') ? 'failed' : 'pending';
}

/**
 * What a page is told. An order is paid when one of its transactions is, and has failed only when one has and none is
 * open. `after` is the version of the opening that the page follows: what failed before it is not its own failure.
 */
export function reportOf(order: Order, after = 0): StatusReport {
  const { trackingId, transactions } = order;
  const over = overAtGateway(order);
  const paid = transactions.find(hasSucceeded);
  if (paid) return told(trackingId, paid, 'succeeded');
  const checking = transactions.find((transaction) => settledAs(transaction) === CHECKING);
  if (checking) return { ...told(trackingId, checking, 'pending'), rawStatus: CHECKING };
  const open = transactions.findLast(
    (transaction) => settledAs(transaction) === 'pending' && !over.has(transaction.transactionId),
  );
  if (open) return told(trackingId, open, 'pending');
  const failed = failuresSince(order, after).at(-1);
  return failed ? told(trackingId, failed, 'failed') : { trackingId, status: 'pending', rawStatus: '' };
}

/** What had failed at the gateway when the order was opened again, whether or not its webhook has come since. */
const overAtGateway = ({ openings }: Order): ReadonlySet<string> =>
  new Set(openings.flatMap(({ before }) => before ?? []));

function told(trackingId: string, { transactionId, states }: OrderTransaction, status: Status): StatusReport {
  const said = status === 'pending' ? undefined : states.findLast((state) => state.status === status);
  const { rawStatus = '', reason } = said ?? states.at(-1) ?? {};
  const isRefused = status === 'failed' && states.some(({ decision }) => decision === 'refuse');
  return {
    trackingId,
    transactionId,
    status,
    rawStatus: isRefused ? REFUSED : rawStatus,
    ...(reason !== undefined && status !== 'pending' && { reason }),
  };
}

/** Failed transactions that began by this opening or after it. */
function failuresSince({ transactions, openings }: Order, after: number): readonly OrderTransaction[] {
  const opening = openings.find(({ version }) => version === after);
  const failed = transactions.filter(
    (transaction) => settledAs(transaction) === 'failed' && beganAfter(transaction, after, opening),
  );
  if (after === 0 || (opening && !opening.owesDecline)) return failed;
  // The gateway had declined something before that nobody here had heard of, or this book has forgotten what was opened:
  // the earlier one is the first that failed without a pending before it.
  const owed = failed.find(({ states: [first] }) => first.status === 'failed');
  return failed.filter((transaction) => transaction !== owed);
}

function beganAfter(
  { transactionId, states: [first] }: OrderTransaction,
  after: number,
  opening: Opening | undefined,
): boolean {
  return first.version > after && !opening?.before?.includes(transactionId);
}

/** Where an order stands, whichever session asks. */
export type Standing =
  /** Nothing has begun, or all that began has failed. */
  'payable' | 'open' | 'paid';

/** Whether something more may be opened for an order. A charge without an answer is under way. */
export function standingOf(order: Order | undefined, now: number): Standing {
  if (!order) return 'payable';
  const { status, rawStatus } = reportOf(order);
  if (status === 'succeeded') return 'paid';
  if (status === 'pending' && rawStatus !== '') return 'open';
  return chargeUnderWay(order, now) ? 'open' : 'payable';
}

/** The gateway's answer to a charge was no; a charge without an answer may still have been made. */
export const isRefused = ({ answer }: Opening): boolean =>
  answer !== undefined && meaningOf(answer.transaction_status) === 'failed';

/** The newest charge, while nothing is known of a transaction that came of it and it was not refused. */
export function chargeUnderWay({ openings, transactions }: Order, now: number): Opening | undefined {
  const charge = openings.findLast(({ by }) => by === 'charge');
  if (!charge || charge.until <= now || isRefused(charge)) return undefined;
  const hasBegun = transactions.some(({ states: [first] }) => first.version > charge.version);
  return hasBegun ? undefined : charge;
}

/**
 * Webhooks come again for 70 minutes (the gateway's documents: every five minutes, 15 in all), a challenge takes ten;
 * what was opened may be heard of for so long after its end.
 */
const HEARD_OF_MS = 2 * 60 * 60_000;

/** Epoch milliseconds until which an order may still change by what is known now; `Infinity` while money is on its way. */
export function openUntil(order: Order): number {
  const { openings, transactions } = order;
  const over = overAtGateway(order);
  const settled = transactions
    .filter((transaction) => settledAs(transaction) !== 'pending' || !over.has(transaction.transactionId))
    .map(settledAs);
  if (settled.includes('pending') || settled.includes(CHECKING)) return Number.POSITIVE_INFINITY;
  if (settled.includes('succeeded')) return 0;
  return Math.max(0, ...openings.map(({ until }) => until + HEARD_OF_MS));
}
