/** Status and list. */
import { and, asc, gte, lt } from 'drizzle-orm';
import type { z } from 'zod';
import { formatMoney } from '../../model/money.ts';
import type { listedTransaction, StatusReply } from '../../wire/gateway/replies.ts';
import { type Transaction, transactions } from '../store/schema.ts';
import { type GatewayContext } from './context.ts';
import { DAY_MS, formatDay, formatMinute, readDateRange } from './dates.ts';
import { requireTransaction } from './decide.ts';
import { InvalidFields } from './errors.ts';
import { findProvider } from './seeds.ts';

export async function reportStatus(context: GatewayContext, reference: string): Promise<StatusReply> {
  const { status, reason } = await requireTransaction(context, reference);
  return { transaction_status: status, ...(reason !== null && { rejected_reason: reason }) };
}

export async function list(
  { db, world }: GatewayContext,
  range: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<readonly z.input<typeof listedTransaction>[]> {
  const days = readDateRange(range, world.clock.now());
  if ('error' in days) throw new InvalidFields([days.error]);
  const rows = await db
    .select()
    .from(transactions)
    .where(and(gte(transactions.createdAt, days.from), lt(transactions.createdAt, days.to + DAY_MS)))
    .orderBy(asc(transactions.sequence));
  return rows.map(listed);
}

/** The documents' own mixture: `id` twice, a numeric customer id, `country` and `IP`. */
function listed(transaction: Transaction): z.input<typeof listedTransaction> {
  const provider = findProvider(transaction.providerId);
  const { customer } = transaction;
  const amount = {
    value: Number(formatMoney({ minor: transaction.amount, currency: transaction.currency })),
    currency: transaction.currency,
  };
  const text = (key: string): string => (typeof customer[key] === 'string' ? customer[key] : '');
  return {
    transaction: {
      id: transaction.id,
      date: formatMinute(transaction.createdAt),
      type: transaction.type,
      status: transaction.status,
      transaction_id: transaction.id,
      tracking_id: transaction.trackingId,
    },
    provider: {
      provider: provider?.name ?? transaction.providerId,
      provider_name: provider?.label ?? transaction.providerId,
      provider_id: transaction.providerId,
      amount,
      credited_amount: amount,
      fx: amount,
    },
    customer: {
      // A number in the documents' sample; a shop's id that is none cannot be one here.
      id: /^[0-9]{1,15}$/.test(transaction.userId) ? Number(transaction.userId) : transaction.userId,
      first_name: text('first_name'),
      last_name: text('last_name'),
      dob: formatDay(text('dob')),
      country: text('country_code'),
      tags: [],
      IP: transaction.ip,
    },
  };
}
