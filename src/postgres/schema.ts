/** Kassa's tables as Drizzle sees them. They are made by `migrations.ts`: a change here is a new entry there. */
import { bigint, index, json, pgSchema, text } from 'drizzle-orm/pg-core';

/** A schema of their own: a shop's migration tool looks at `public`, and must not take these for drift. */
const kassa = pgSchema('kassa');

export const orders = kassa.table(
  'orders',
  {
    /** The tracking id, see `keyOf`. */
    key: text('key').primaryKey(),
    version: bigint('version', { mode: 'number' }).notNull(),
    /** Epoch milliseconds. */
    changedAt: bigint('changed_at', { mode: 'number' }).notNull(),
    /** Epoch milliseconds; the largest safe integer while money is on its way. */
    openUntil: bigint('open_until', { mode: 'number' }).notNull(),
    /** Not jsonb: that refuses the character U+0000, and nothing that the gateway signed may be refused. */
    order: json('order').notNull(),
  },
  (table) => [index('orders_by_end').on(table.openUntil)],
);

/**
 * The tracking id as PostgreSQL can keep it: text there holds neither U+0000 nor half a surrogate pair, which JSON
 * writes as escapes. Usual ids stay what they are.
 */
export const keyOf = (trackingId: string): string => JSON.stringify(trackingId).slice(1, -1);
