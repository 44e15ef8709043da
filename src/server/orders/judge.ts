/** What an event of the gateway means for an order. Pure: nothing here waits, writes or knows the time. */
import { compareDecimals } from '../../model/money.ts';
import type { Status } from '../../model/statuses.ts';
import {
  type Decision,
  type Difference,
  nextVersion,
  type Order,
  type OrderEvent,
  type OrderTransaction,
  type State,
  type StatusChange,
  type Terms,
} from './order.ts';
import { hasSucceeded, reportOf, settledAs, type Settlement } from './reading.ts';

export type Verdict =
  /** News for the shop. */
  | { readonly verdict: 'new'; readonly change: StatusChange }
  /** Signed, and not what was ordered: for the shop to decide. */
  | { readonly verdict: 'mismatch'; readonly change: StatusChange }
  /** Older than what is known: a pending after its end. Written down, and no news. */
  | { readonly verdict: 'stale' }
  /** Written down before. */
  | { readonly verdict: 'duplicate' };

/**
 * Money wins: a success counts whenever it comes, and is never taken back by a word that may have been overtaken on its
 * way. What is not what was ordered counts only when the shop says so.
 */
export function judge(order: Order | undefined, event: OrderEvent): Verdict {
  const transaction = order?.transactions.find(({ transactionId }) => transactionId === event.transactionId);
  if (transaction?.states.some((state) => saysTheSame(state, event))) return { verdict: 'duplicate' };
  const settled = transaction && settledAs(transaction);
  // Overtaken by an end, or by a success that waits for the shop's word.
  if (event.status === 'pending' && settled && settled !== 'pending') return { verdict: 'stale' };
  const mismatch = differencesOf(order, transaction, event);
  const previous = isEnd(settled) ? settled : transaction?.states.at(-1)?.status;
  const change: StatusChange = {
    ...event,
    orderStatus: statusWith(order, event, { mismatch }),
    ...(previous && { previous }),
    ...(event.status === 'succeeded' && settled === 'failed' && { late: true }),
    ...(mismatch.length > 0 && { mismatch }),
  };
  return { verdict: mismatch.length > 0 && mustMatch(mismatch, event) ? 'mismatch' : 'new', change };
}

/** Where the order stands once this is written down. */
export const statusWith = (
  order: Order | undefined,
  event: OrderEvent,
  { mismatch, decision }: { readonly mismatch: readonly Difference[]; readonly decision?: Decision },
): Status => {
  const differs = mismatch.length > 0 && { mismatch };
  return reportOf(applied(order, event, { now: 0, ...differs, ...(decision && { decision }) })).status;
};

/**
 * No money moves by a failure, and what an unknown word means is the shop's to know: a partial refund differs from its
 * order by nature. All else must be what was ordered.
 */
const mustMatch = (mismatch: readonly Difference[], { status }: OrderEvent): boolean =>
  status === 'pending' || status === 'succeeded' || mismatch.includes('status');

const isEnd = (settled: Settlement | undefined): settled is 'succeeded' | 'failed' =>
  settled === 'succeeded' || settled === 'failed';

type Content = Pick<OrderEvent, 'amount' | 'currency' | 'type' | 'userId'>;

/** Deliveries of one change are alike, and so is the row of the list that tells of it, in whatever letters. */
const saysTheSame = (state: State, event: OrderEvent): boolean =>
  state.rawStatus === event.rawStatus && isAlike(state, event);

const isAlike = (left: Content, right: Content): boolean =>
  compareDecimals(left.amount, right.amount) === 0 &&
  left.currency === right.currency &&
  isUnsaidOrSame(left.type.toLowerCase(), right.type.toLowerCase()) &&
  isUnsaidOrSame(left.userId, right.userId);

/** What the gateway leaves out cannot differ. */
const isUnsaidOrSame = (left: string, right: string): boolean =>
  left === '' || right === '' || left === right;

function differencesOf(
  order: Order | undefined,
  transaction: OrderTransaction | undefined,
  event: OrderEvent,
): readonly Difference[] {
  if (event.status === 'failed' && transaction && hasSucceeded(transaction)) return ['status'];
  const isAccepted = transaction?.states.some(
    (state) => state.decision === 'accept' && isAlike(state, event),
  );
  const found = isAccepted || !order?.terms ? [] : differences(order.terms, event);
  const isSecond =
    event.status === 'succeeded' &&
    order?.transactions.some((other) => other !== transaction && hasSucceeded(other));
  return isSecond ? [...found, 'paid-twice'] : found;
}

/** An order that this book never opened has no terms: there is nothing to compare with. */
function differences(terms: Terms, event: OrderEvent): readonly Difference[] {
  const found: Difference[] = [];
  if (!isAmountOf(terms, event.amount)) found.push('amount');
  if (event.currency !== terms.currency) found.push('currency');
  if (!isUnsaidOrSame(event.type.toLowerCase(), terms.direction)) found.push('type');
  if (!isUnsaidOrSame(event.userId, terms.userId)) found.push('user');
  return found;
}

function isAmountOf({ amount, openAmount }: Terms, paid: string): boolean {
  return openAmount
    ? compareDecimals(openAmount.min, paid) <= 0 && compareDecimals(paid, openAmount.max) <= 0
    : amount !== undefined && compareDecimals(amount, paid) === 0;
}

/** The order with the event written down; `decision` is what the shop said of a mismatch. */
export function applied(
  order: Order | undefined,
  event: OrderEvent,
  { now, mismatch, decision }: { now: number; mismatch?: readonly Difference[]; decision?: Decision },
): Order {
  const version = nextVersion(order, now);
  const { trackingId, transactionId, ...said } = event;
  const state: State = {
    ...said,
    version,
    at: now,
    ...(mismatch && { mismatch }),
    ...(decision && { decision }),
  };
  const known = order?.transactions ?? [];
  const isKnown = known.some((transaction) => transaction.transactionId === transactionId);
  return {
    ...(order ?? { trackingId, openings: [] }),
    version,
    changedAt: now,
    transactions: isKnown
      ? known.map((transaction) =>
          transaction.transactionId === transactionId
            ? { ...transaction, states: [...transaction.states, state] }
            : transaction,
        )
      : [...known, { transactionId, states: [state] }],
  };
}

/** The newest state of a transaction that waits for the shop's decision. */
export const undecided = (order: Order | undefined, transactionId: string): State | undefined =>
  order?.transactions
    .find((transaction) => transaction.transactionId === transactionId)
    ?.states.findLast(
      ({ mismatch, decision, status }) =>
        mismatch !== undefined && decision === undefined && (status === 'pending' || status === 'succeeded'),
    );

/** The order with the shop's word on a state that waited for it. */
export function decided(
  order: Order,
  transactionId: string,
  state: State,
  { now, decision }: { readonly now: number; readonly decision: Decision },
): Order {
  const replace = ([first, ...rest]: OrderTransaction['states']): OrderTransaction['states'] => {
    const put = (one: State): State => (one === state ? { ...one, decision } : one);
    return [put(first), ...rest.map(put)];
  };
  return {
    ...order,
    version: nextVersion(order, now),
    changedAt: now,
    transactions: order.transactions.map((transaction) =>
      transaction.transactionId === transactionId
        ? { ...transaction, states: replace(transaction.states) }
        : transaction,
    ),
  };
}
