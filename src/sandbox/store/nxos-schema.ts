/** What Nxos keeps beside its ledger: accounts, beneficiaries, transactions, quotes, webhook endpoints. */
import { boolean, index, integer, jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core';
import { ASSET_CODES } from '../../model/assets.ts';
import type { ChainName } from '../../model/chains.ts';
import type { BankMethod, Currency } from '../../wire/nxos/objects.ts';
import { ACCOUNT_STATUSES, BENEFICIARY_STATUSES, NXOS_STATUSES } from '../../model/nxos/statuses.ts';
import { minorUnits, time } from './columns.ts';

export const nxosOrganizations = pgTable('nxos_organizations', {
  id: text('id').primaryKey(),
  /** Of its API. */
  key: text('key').notNull().unique(),
  name: text('name').notNull(),
  /** Under which other organizations send to it; one of a kind. */
  handle: text('handle').unique(),
  enabled: boolean('enabled').notNull(),
  showName: boolean('show_name').notNull(),
});

export const nxosAccounts = pgTable(
  'nxos_accounts',
  {
    id: text('id').primaryKey(),
    sequence: serial('sequence').notNull(),
    organization: text('organization').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    isPrimary: boolean('is_primary').notNull(),
    status: text('status', { enum: ACCOUNT_STATUSES }).notNull(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [index('nxos_accounts_by_organization').on(table.organization, table.sequence)],
);

export const nxosFundingMethods = pgTable('nxos_funding_methods', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  /** An address on a chain; a bank account without one. */
  crypto: jsonb('crypto').$type<CryptoAddress>(),
  createdAt: time('created_at').notNull(),
});

export interface CryptoAddress {
  readonly chainName: ChainName;
  readonly address: string;
}

export interface CryptoPayee {
  readonly chainName: ChainName;
  readonly address: string;
  readonly label: string | null;
}

export interface BankPayee {
  readonly bankName: string;
  readonly method: BankMethod;
  readonly currency: Currency;
  readonly swiftCode: string | null;
  readonly accountNumber: string | null;
  readonly iban: string | null;
  readonly routingNumber: string | null;
  readonly bankCountry: string | null;
}

export const BENEFICIARY_TYPES = ['NXOSNET', 'CRYPTO', 'BANK'] as const;

export const nxosBeneficiaries = pgTable(
  'nxos_beneficiaries',
  {
    id: text('id').primaryKey(),
    sequence: serial('sequence').notNull(),
    accountId: text('account_id').notNull(),
    type: text('type', { enum: BENEFICIARY_TYPES }).notNull(),
    nickname: text('nickname').notNull(),
    status: text('status', { enum: BENEFICIARY_STATUSES }).notNull(),
    /** Where the money goes; one of the three, by type. */
    targetHandle: text('target_handle'),
    crypto: jsonb('crypto').$type<CryptoPayee>(),
    bank: jsonb('bank').$type<BankPayee>(),
    /** Identity and address, as they came. */
    details: jsonb('details').$type<Readonly<Record<string, string>>>().notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [index('nxos_beneficiaries_by_account').on(table.accountId)],
);

export const TRANSACTION_TYPES = [
  'CRYPTO_PAYIN',
  'CRYPTO_PAYOUT',
  'FIAT_PAYIN',
  'FIAT_PAYOUT',
  'TRADE',
  'TRANSFER',
  'NXOSNET_TRANSFER',
  'ADJUSTMENT',
  'COMMISSION',
] as const;

export const nxosTransactions = pgTable(
  'nxos_transactions',
  {
    id: text('id').primaryKey(),
    sequence: serial('sequence').notNull(),
    accountId: text('account_id').notNull(),
    type: text('type', { enum: TRANSACTION_TYPES }).notNull(),
    status: text('status', { enum: NXOS_STATUSES }).notNull(),
    amount: minorUnits('amount').notNull(),
    asset: text('asset', { enum: ASSET_CODES }).notNull(),
    beneficiaryId: text('beneficiary_id'),
    /** A note, or what a trade was about. */
    description: text('description'),
    tags: jsonb('tags').$type<readonly string[]>().notNull(),
    metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>().notNull(),
    /** What belongs to its type: handles, the other side of a trade, where a payout goes. */
    details: jsonb('details').$type<Readonly<Record<string, unknown>>>().notNull(),
    /** Of a payout: what is taken beside the amount, and by which schedule. */
    fee: minorUnits('fee'),
    feeFixed: minorUnits('fee_fixed'),
    feeBps: integer('fee_bps'),
    /** When the simulator ends it, and why it declines it, if it does. */
    dueAt: time('due_at'),
    declinedBecause: text('declined_because'),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [
    index('nxos_transactions_by_account').on(table.accountId, table.sequence),
    index('nxos_transactions_by_due').on(table.dueAt),
  ],
);

export const nxosQuotes = pgTable('nxos_quotes', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  fromAsset: text('from_asset', { enum: ASSET_CODES }).notNull(),
  toAsset: text('to_asset', { enum: ASSET_CODES }).notNull(),
  fromAmount: minorUnits('from_amount').notNull(),
  toAmount: minorUnits('to_amount').notNull(),
  /** Of the asset that is given. */
  fee: minorUnits('fee').notNull(),
  /** The trade that used it. */
  transactionId: text('transaction_id'),
  createdAt: time('created_at').notNull(),
  expiresAt: time('expires_at').notNull(),
});

export const nxosEndpoints = pgTable('nxos_endpoints', {
  id: text('id').primaryKey(),
  sequence: serial('sequence').notNull(),
  organization: text('organization').notNull(),
  url: text('url').notNull(),
  description: text('description'),
  disabled: boolean('disabled').notNull(),
  /** Empty for all. */
  eventTypes: jsonb('event_types').$type<readonly string[]>().notNull(),
  secret: text('secret').notNull(),
  /** The secret before this one signs beside it for a day. */
  oldSecret: text('old_secret'),
  oldSecretUntil: time('old_secret_until'),
  /** Since when nothing has been delivered. */
  failingSince: time('failing_since'),
  createdAt: time('created_at').notNull(),
  updatedAt: time('updated_at').notNull(),
});

export type NxosAccount = typeof nxosAccounts.$inferSelect;
export type NxosOrganization = typeof nxosOrganizations.$inferSelect;
export type NxosBeneficiary = typeof nxosBeneficiaries.$inferSelect;
export type NxosTransaction = typeof nxosTransactions.$inferSelect;
export type NxosQuote = typeof nxosQuotes.$inferSelect;
export type NxosEndpoint = typeof nxosEndpoints.$inferSelect;
