/** Cards that a shopper let the gateway keep: shown to the same user of the same shop, used with the code, deleted. */
import { and, desc, eq } from 'drizzle-orm';
import { hex128, type Random } from '../../model/ids.ts';
import type { CardEntry, SavedCardView } from '../pages/view.ts';
import { type PaymentCard, paymentCards, type Transaction, transactions } from '../store/schema.ts';
import { isStorable } from '../store/storable.ts';
import type { Database } from '../store/store.ts';
import { networksOf } from './cards.ts';

/** The newest first, each card once; one whose payment failed is no help to anybody. */
export async function savedCardsOf(db: Database, userId: string): Promise<readonly PaymentCard[]> {
  const rows = await db
    .select({ card: paymentCards })
    .from(paymentCards)
    .innerJoin(transactions, eq(transactions.id, paymentCards.transactionId))
    .where(
      and(
        eq(paymentCards.userId, userId),
        eq(paymentCards.saved, true),
        eq(transactions.status, 'successful'),
      ),
    )
    .orderBy(desc(paymentCards.createdAt));
  const seen = new Set<string>();
  return rows
    .map(({ card }) => card)
    .filter(({ bin, lastFour, expiry }) => {
      const key = `${bin} ${lastFour} ${expiry}`;
      return !seen.has(key) && seen.add(key);
    });
}

export const savedCardView = ({ id, network, lastFour, expiry }: PaymentCard): SavedCardView => ({
  id,
  brand: network,
  lastFour,
  expiry,
});

/** Keeps what was chosen with a card; nothing when there was nothing to choose. */
export async function keepCard(
  db: Database,
  random: Random,
  { id, userId, createdAt }: Transaction,
  card: CardEntry,
  saved: boolean,
): Promise<void> {
  if (!saved && card.network === undefined) return;
  await db.insert(paymentCards).values({
    id: hex128(random),
    transactionId: id,
    userId,
    network: card.network ?? networksOf(card.number)[0] ?? '',
    bin: card.number.slice(0, 6),
    lastFour: card.number.slice(-4),
    expiry: `${card.expMonth} / ${card.expYear.slice(-2)}`,
    saved,
    createdAt,
  });
}

/** Of the same card all that was kept; another user's card is not found. */
export async function forgetCard(db: Database, userId: string, id: string): Promise<void> {
  if (!isStorable(id)) return;
  const [card] = await db
    .select()
    .from(paymentCards)
    .where(and(eq(paymentCards.id, id), eq(paymentCards.userId, userId)));
  if (!card) return;
  await db
    .update(paymentCards)
    .set({ saved: false })
    .where(
      and(
        eq(paymentCards.userId, userId),
        eq(paymentCards.bin, card.bin),
        eq(paymentCards.lastFour, card.lastFour),
      ),
    );
}
