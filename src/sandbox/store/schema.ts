/** The sandbox's tables, in one SQL dialect: PostgreSQL, embedded as PGlite by default. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  serial,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { minorUnits, time } from './columns.ts';

export * from './card-schema.ts';
export * from './ledger-schema.ts';
export * from './nixo-schema.ts';
export * from './nxos-schema.ts';

/** What a mint left behind: everything the hosted page needs, found by the token it is opened with. */
export const tokens = pgTable('tokens', {
  token: text('token').primaryKey(),
  flow: text('flow', { enum: ['deposit', 'direct', 'withdrawal'] }).notNull(),
  trackingId: text('tracking_id').notNull(),
  userId: text('user_id').notNull(),
  amount: minorUnits('amount'),
  currency: text('currency').notNull(),
  /** The shopper may not change the amount. */
  restricted: boolean('restricted').notNull(),
  maxDeposit: minorUnits('max_deposit'),
  providerId: text('provider_id'),
  theme: text('theme', { enum: ['light', 'dark'] }).notNull(),
  ip: text('ip').notNull(),
  settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
  customer: jsonb('customer').$type<Record<string, unknown>>().notNull(),
  createdAt: time('created_at').notNull(),
  expiresAt: time('expires_at').notNull(),
});

/** One attempt to move money. A card leaves its BIN and last four digits, nothing more. */
export const transactions = pgTable(
  'transactions',
  {
    id: text('id').primaryKey(),
    /** Insertion order; two changes in one millisecond keep theirs. */
    sequence: serial('sequence').notNull(),
    token: text('token'),
    trackingId: text('tracking_id').notNull(),
    userId: text('user_id').notNull(),
    type: text('type', { enum: ['deposit', 'withdrawal'] }).notNull(),
    status: text('status', { enum: ['pending', 'successful', 'rejected'] }).notNull(),
    reason: text('reason'),
    amount: minorUnits('amount').notNull(),
    currency: text('currency').notNull(),
    providerId: text('provider_id').notNull(),
    cardBin: text('card_bin'),
    cardLastFour: text('card_last_four'),
    ip: text('ip').notNull(),
    customer: jsonb('customer').$type<Record<string, unknown>>().notNull(),
    /** What the transaction waits for; the rules decide what may come next. */
    waitsFor: text('waits_for', {
      enum: ['settlement', 'challenge', 'decision', 'transfer', 'nothing'],
    }).notNull(),
    /** What the simulator will make of it, and when. */
    endsAs: text('ends_as', { enum: ['successful', 'rejected'] }),
    endsBecause: text('ends_because'),
    dueAt: time('due_at'),
    challengeId: text('challenge_id'),
    challenge: text('challenge', { enum: ['normal', 'fails', 'hangs'] }),
    /** Where a shopper goes after a 3-D Secure challenge that no hosted page holds. */
    returnUrl: text('return_url'),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [
    index('transactions_by_tracking').on(table.trackingId),
    // One order, one payment: two tabs, two tokens or a repeated request cannot both move money.
    uniqueIndex('transactions_one_live')
      .on(table.trackingId)
      .where(sql`status <> 'rejected'`),
    index('transactions_by_due').on(table.dueAt),
    index('transactions_by_challenge').on(table.challengeId),
  ],
);

/** The systems that send webhooks. */
export const WEBHOOK_SYSTEMS = ['gateway', 'nixo', 'nxos'] as const;
export type WebhookSystem = (typeof WEBHOOK_SYSTEMS)[number];

/** The outbox: one row a webhook, written in the database transaction of the change it tells of. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: text('id').primaryKey(),
    sequence: serial('sequence').notNull(),
    system: text('system', { enum: WEBHOOK_SYSTEMS }).notNull(),
    /** What it is about; deliveries about one subject go out in order. */
    subject: text('subject').notNull(),
    /** Whose secret signs it, where each receiver has one of its own. */
    endpoint: text('endpoint'),
    url: text('url').notNull(),
    body: text('body').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull(),
    /** `sending`: taken by a process, until `takenUntil`, when whoever took it is taken for dead. */
    state: text('state', { enum: ['queued', 'sending', 'delivered', 'dead'] }).notNull(),
    attempts: integer('attempts').notNull(),
    /** Oldest first: when, and what the receiver answered. */
    history: jsonb('history').$type<readonly Attempt[]>().notNull(),
    dueAt: time('due_at'),
    /** By the database's clock, which all processes share: each may have advanced its own. Tells one taking from another, too. */
    takenUntil: bigint('taken_until', { mode: 'number' }),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    // What is to be sent, in order.
    index('deliveries_queued')
      .on(table.dueAt, table.sequence)
      .where(sql`state = 'queued'`),
    index('deliveries_taken')
      .on(table.takenUntil)
      .where(sql`state = 'sending'`),
    // What of a subject is still to be sent, in order.
    index('deliveries_under_way')
      .on(table.subject, table.sequence)
      .where(sql`state in ('queued', 'sending')`),
  ],
);

export interface Attempt {
  readonly at: number;
  /** HTTP status, or 0 when there was no answer. */
  readonly status: number;
  /** The first 256 characters of the answer, or why there was none. */
  readonly answer: string;
}

/** What the control routes changed, so that it survives a restart. */
export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: jsonb('value').$type<unknown>().notNull(),
});

export type Token = typeof tokens.$inferSelect;
export type Transaction = typeof transactions.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;
