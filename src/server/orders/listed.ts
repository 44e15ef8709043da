/** What the gateway says when it is asked, as events: they are judged like those that come by webhook. Pure. */
import { meaningOf } from '../../model/gateway/statuses.ts';
import type { StatusReport } from '../../wire/session.ts';
import type { Transaction, TransactionStatus } from '../gateway/operations.ts';
import { applied, judge } from './judge.ts';
import type { Order, OrderEvent } from './order.ts';
import { CHECKING, reportOf, settledAs } from './reading.ts';

/**
 * A row of the gateway's list. It has no reason. Nothing for a row that cannot be read so far as to say which transaction
 * it is and what was paid: that proves nothing.
 */
export function eventOf(row: Transaction): OrderEvent | undefined {
  const { amount, currency, raw }: Transaction = row;
  const documented: Partial<Pick<Transaction, 'transactionId' | 'trackingId' | 'type'>> = row;
  const { transactionId, trackingId, type = '' } = documented;
  if (!transactionId || !trackingId || amount === undefined || currency === undefined) return undefined;
  const { customer } = Object(raw) as { readonly customer?: { readonly id?: unknown } | null };
  const userId = customer?.id;
  return {
    transactionId,
    trackingId,
    // What the gateway leaves out cannot differ.
    userId: typeof userId === 'string' || typeof userId === 'number' ? String(userId) : '',
    type,
    status: meaningOf(row.rawStatus),
    rawStatus: row.rawStatus,
    amount,
    currency: currency.trim().toUpperCase(),
    ...(row.provider !== undefined && { provider: row.provider }),
  };
}

/** What the gateway knows of an order: its newest transaction by status, and each of them by the list, where that has them. */
export interface GatewayWord extends TransactionStatus {
  readonly rows: readonly OrderEvent[];
}

/** The order as it would be, had the webhooks of these rows come. */
export function withRows(
  order: Order | undefined,
  rows: readonly OrderEvent[],
  now: number,
): Order | undefined {
  return rows.reduce((sofar: Order | undefined, row) => {
    const judged = judge(sofar, row);
    if (judged.verdict === 'duplicate') return sofar;
    const mismatch = 'change' in judged ? judged.change.mismatch : undefined;
    return applied(sofar, row, { now, ...(mismatch && { mismatch }) });
  }, order);
}

/** What the book knows is an end that no word of the gateway can change, or waits for the shop. */
export const isSettled = ({ status, rawStatus }: StatusReport): boolean =>
  status === 'succeeded' || rawStatus === CHECKING;

/**
 * What a page is told when the book knows no such end and the gateway was asked. The status says how the newest
 * transaction stands, and not what was paid or which one it was; the rows do. Without them a success is taken for the
 * order's only if its amount was fixed at the gateway, and a failure only if it cannot be an earlier one's.
 */
export function weigh(
  order: Order | undefined,
  word: GatewayWord,
  { trackingId, after, now }: { readonly trackingId: string; readonly after: number; readonly now: number },
): StatusReport {
  const known = order ? reportOf(order, after) : { trackingId, status: 'pending' as const, rawStatus: '' };
  if (isSettled(known)) return known;
  const whole = withRows(order, word.rows, now);
  const listed = whole ? reportOf(whole, after) : known;
  const said = { trackingId, status: word.status, rawStatus: word.rawStatus, ...reasonOf(word) };
  switch (meaningOf(word.rawStatus)) {
    case 'pending':
      // Whatever failed before: something is open.
      return isSettled(listed) || listed.status === 'pending' ? orSaid(listed, said) : said;
    case 'unknown':
      return known.rawStatus === '' ? said : known;
    case 'succeeded':
      if (listed.status === 'succeeded' || listed.rawStatus === CHECKING) return listed;
      return order?.terms?.openAmount ? known : said;
    case 'failed':
      if (word.rows.length > 0) return { ...listed, ...(listed.status === 'failed' && reasonOf(word)) };
      return known.status === 'pending' && isOnlyFailure(order, after) ? said : known;
  }
}

const orSaid = (listed: StatusReport, said: StatusReport): StatusReport =>
  listed.rawStatus === '' ? said : listed;

const reasonOf = ({ reason }: TransactionStatus) => (reason === undefined ? {} : { reason });

/** Whether a failed newest transaction must be this session's: none is open, and none was there before. */
function isOnlyFailure(order: Order | undefined, after: number): boolean {
  const opening = order?.openings.find(({ version }) => version === after);
  if (opening?.owesDecline || opening?.before || after > 0) return false;
  return !order?.transactions.some((transaction) => settledAs(transaction) === 'pending');
}
