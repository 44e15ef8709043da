/** The gateway's answers in Kassa's words. Pure. */
import { statusOf } from '../../model/gateway/statuses.ts';
import { readableAmount } from '../../model/money.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { readTime } from '../../model/time.ts';
import type { ListedRow } from '../../wire/gateway/answers.ts';
import type { S2sReply } from '../../wire/gateway/replies.ts';
import type { ChargeResult, Transaction, TransactionStatus } from './operations.ts';

export function describeStatus(rawStatus: string, reason: string | null | undefined): TransactionStatus {
  return { status: statusOf(rawStatus), rawStatus, ...(reason && { reason }) };
}

export const leadsAway = (url: S2sReply['url']): url is string =>
  typeof url === 'string' && url.trim() !== '' && url !== '{{url}}';

/**
 * "No redirect" is written as an empty, null or missing URL, or as the documents' unfilled template. Any other is handed on
 * in the one form in which a browser would read it.
 */
export function describeCharge(reply: S2sReply, trackingId: string): ChargeResult {
  const url = leadsAway(reply.url) ? safeUrl(reply.url)?.href : undefined;
  if (url !== undefined) return { kind: 'challenge', url, trackingId, reply: { ...reply, url } };
  const status = statusOf(reply.transaction_status);
  if (status !== 'failed') return { kind: status, trackingId, reply };
  const reason = typeof reply.error === 'object' ? reply.error.message : reply.error;
  return { kind: 'failed', ...(reason !== undefined && { reason }), trackingId, reply };
}

export function describeRow(
  { transaction = {}, provider = {} }: ListedRow,
  raw: unknown,
  timeZone: string,
): Transaction {
  const { transaction_id: transactionId = transaction.id, tracking_id: trackingId, type } = transaction;
  const { value, currency }: { value?: string | number; currency?: string } = provider.amount ?? {};
  const amount = value === undefined || currency === undefined ? undefined : readableAmount(value, currency);
  const date = readTime(transaction.date, timeZone);
  const documented = { transactionId, trackingId, type, rawStatus: transaction.status, raw };
  return {
    ...(documented as Pick<Transaction, keyof typeof documented>),
    status: statusOf(transaction.status ?? ''),
    ...(date !== undefined && { date }),
    ...(provider.provider !== undefined && { provider: provider.provider }),
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
  };
}
