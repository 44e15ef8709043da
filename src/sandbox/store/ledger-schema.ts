/** Money that is kept for somebody, and requests that are carried out once. What both need is said in `ledger.sql` too. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, serial, text } from 'drizzle-orm/pg-core';
import { minorUnits, time } from './columns.ts';

/** The systems that keep money. */
export const LEDGER_SYSTEMS = ['nixo', 'nxos'] as const;
export type LedgerSystem = (typeof LEDGER_SYSTEMS)[number];

/** What each account holds of an asset: always the sum of its entries. */
export const balances = pgTable(
  'balances',
  {
    system: text('system', { enum: LEDGER_SYSTEMS }).notNull(),
    account: text('account').notNull(),
    asset: text('asset').notNull(),
    amount: minorUnits('amount').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.system, table.account, table.asset] }),
    // `world` is where money comes from and goes to; everybody else can only spend what is there.
    check('balances_not_negative', sql`${table.amount} >= 0 or ${table.account} = 'world'`),
  ],
);

/** Double entry: the moves of one transaction add up to zero in each asset. A trigger keeps them from being changed. */
export const entries = pgTable(
  'entries',
  {
    sequence: serial('sequence').primaryKey(),
    system: text('system', { enum: LEDGER_SYSTEMS }).notNull(),
    transaction: text('transaction').notNull(),
    account: text('account').notNull(),
    asset: text('asset').notNull(),
    amount: minorUnits('amount').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    index('entries_by_account').on(table.system, table.account, table.asset),
    check('entries_not_zero', sql`${table.amount} <> 0`),
  ],
);

/** The answer to each request that came with an Idempotency-Key, written in the transaction of what it did. */
export const idempotency = pgTable(
  'idempotency',
  {
    system: text('system', { enum: LEDGER_SYSTEMS }).notNull(),
    /** Whose key it is: an organization, an API key. */
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    method: text('method').notNull(),
    path: text('path').notNull(),
    /** SHA-256 of the body. */
    digest: text('digest').notNull(),
    status: integer('status').notNull(),
    answer: text('answer').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.system, table.scope, table.key, table.method, table.path] })],
);
