/** What Nixo keeps beside its ledger: accounts and payouts. */
import { boolean, index, jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core';
import { KYC_STATUSES, NIXO_STATUS_WORDS } from '../../model/nixo/statuses.ts';
import { minorUnits, time } from './columns.ts';

export const nixoAccounts = pgTable('nixo_accounts', {
  id: text('id').primaryKey(),
  sequence: serial('sequence').notNull(),
  type: text('type', { enum: ['customer', 'business'] }).notNull(),
  name: text('name').notNull(),
  email: text('email'),
  country: text('country'),
  kycStatus: text('kyc_status', { enum: KYC_STATUSES }).notNull(),
  metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>().notNull(),
  /** Receives inflows and funds payouts. */
  isOperating: boolean('is_operating').notNull(),
  /** When the check of who they are ends. */
  dueAt: time('due_at'),
  createdAt: time('created_at').notNull(),
});

export interface HistoryEntry {
  readonly status: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const nixoPayouts = pgTable(
  'nixo_payouts',
  {
    id: text('id').primaryKey(),
    sequence: serial('sequence').notNull(),
    accountId: text('account_id').notNull(),
    amount: minorUnits('amount').notNull(),
    currency: text('currency').notNull(),
    destinationCountry: text('destination_country').notNull(),
    recipient: jsonb('recipient').$type<{ full_name: string; account_iban: string }>().notNull(),
    reference: text('reference'),
    metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>().notNull(),
    status: text('status', { enum: NIXO_STATUS_WORDS }).notNull(),
    failureReason: text('failure_reason'),
    history: jsonb('history').$type<readonly HistoryEntry[]>().notNull(),
    /** What the simulator will make of it, and when. */
    endsAs: text('ends_as', { enum: ['succeeded', 'failed'] }).notNull(),
    endsBecause: text('ends_because'),
    dueAt: time('due_at'),
    createdAt: time('created_at').notNull(),
  },
  (table) => [index('nixo_payouts_by_due').on(table.dueAt)],
);

export type NixoAccount = typeof nixoAccounts.$inferSelect;
export type NixoPayout = typeof nixoPayouts.$inferSelect;
