/** How rows look on the wire. */
import { formatMoney } from '../../model/money.ts';
import type { NixoAccount, NixoPayout } from '../store/nixo-schema.ts';
import { unixSeconds } from './context.ts';

/** Nixo's amounts are JSON numbers; the text is exact, and the shortest number for it is the same again. */
const numberOf = (minor: bigint, currency: string): number => Number(formatMoney({ minor, currency }));

export const payoutView = (row: NixoPayout) => ({
  id: row.id,
  object: 'payout',
  amount: numberOf(row.amount, row.currency),
  currency: row.currency,
  status: row.status,
  created: unixSeconds(row.createdAt),
  destination_country: row.destinationCountry,
  recipient: row.recipient,
  reference: row.reference,
  metadata: row.metadata,
  source_account: row.accountId,
  failure_reason: row.failureReason,
});

export const payoutDetail = (row: NixoPayout) => ({
  ...payoutView(row),
  history: row.history.map(({ status, at }) => ({ status, at: unixSeconds(at) })),
});

export const accountView = (row: NixoAccount) => ({
  id: row.id,
  object: 'account',
  type: row.type,
  name: row.name,
  email: row.email,
  country: row.country,
  kyc_status: row.kycStatus,
  created: unixSeconds(row.createdAt),
  metadata: row.metadata,
});

export const balanceView = (currency: string, available: bigint, pending: bigint) => ({
  object: 'balance',
  currency,
  available: numberOf(available, currency),
  pending: numberOf(pending, currency),
});
