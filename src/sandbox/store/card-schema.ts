/** What is kept of a card beside its payment: the network its holder chose, and whether it may be used again. */
import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';

/** Never the number, never the code: its beginning and end say which test card it was. */
export const paymentCards = pgTable(
  'payment_cards',
  {
    id: text('id').primaryKey(),
    transactionId: text('transaction_id').notNull(),
    userId: text('user_id').notNull(),
    network: text('network').notNull(),
    bin: text('bin').notNull(),
    lastFour: text('last_four').notNull(),
    /** `12 / 34`. */
    expiry: text('expiry').notNull(),
    /** The shopper agreed, and did not delete it since. */
    saved: boolean('saved').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [index('payment_cards_by_user').on(table.userId)],
);

export type PaymentCard = typeof paymentCards.$inferSelect;
