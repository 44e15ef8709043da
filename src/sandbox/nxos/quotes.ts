/** A price that holds for five minutes, and the trade that uses it once. */
import { and, eq, isNull } from 'drizzle-orm';
import { parseAmount } from '../../model/assets.ts';
import { NXOS_ID, quoteRequest } from '../../wire/nxos/objects.ts';
import { post, transfer, WORLD } from '../ledger/ledger.ts';
import { inserted } from '../store/rows.ts';
import { nxosAccounts, type NxosQuote, nxosQuotes, nxosTransactions } from '../store/nxos-schema.ts';
import { requireAccount, requireActive } from './accounts.ts';
import { isId, newId, type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { priceFor, priceOf, QUOTE_LIFE_MS, quoteStatus } from './rules.ts';
import { quoteView, tradeView } from './view.ts';
import { tellOfTransactions } from './webhook.ts';

export async function createQuote(context: NxosContext, body: unknown) {
  const { accountId, fromAsset, toAsset, fromAmount, toAmount = '' } = parse(quoteRequest, body);
  const account = await requireAccount(context, accountId);
  const price =
    fromAmount === undefined
      ? priceFor(fromAsset, toAsset, parseAmount(toAmount, toAsset))
      : priceOf(fromAsset, toAsset, parseAmount(fromAmount, fromAsset));
  if (price.toAmount === 0n) {
    throw new NxosRefusal('invalid_request', 'fromAmount: is too little to buy anything');
  }
  const now = context.world.clock.now();
  const row = inserted(
    await context.db
      .insert(nxosQuotes)
      .values({
        ...price,
        id: newId('quote', context.world),
        accountId: account.id,
        fromAsset,
        toAsset,
        transactionId: null,
        createdAt: now,
        expiresAt: now + QUOTE_LIFE_MS,
      })
      .returning(),
  );
  return quoteView(row, 'PENDING');
}

export async function getQuote(context: NxosContext, id: string) {
  const row = await requireQuote(context, id);
  return quoteView(row, quoteStatus(row, context.world.clock.now()));
}

export async function executeQuote(context: NxosContext, id: string) {
  const { db, world, organization } = context;
  const quote = await requireQuote(context, id);
  const now = world.clock.now();
  const status = quoteStatus(quote, now);
  if (status === 'EXPIRED') throw new NxosRefusal('quote_expired');
  const transactionId = newId('txn', world);
  // Compare and set: two that execute one quote at once cannot both find it free.
  const [taken] = await db
    .update(nxosQuotes)
    .set({ transactionId })
    .where(and(eq(nxosQuotes.id, quote.id), isNull(nxosQuotes.transactionId)))
    .returning({ id: nxosQuotes.id });
  if (!taken) throw new NxosRefusal('quote_already_used');
  await requireActive(db, [quote.accountId]);
  const trade = inserted(
    await db
      .insert(nxosTransactions)
      .values({
        id: transactionId,
        accountId: quote.accountId,
        type: 'TRADE',
        status: 'COMPLETED',
        amount: quote.fromAmount,
        asset: quote.fromAsset,
        beneficiaryId: null,
        description: null,
        tags: [],
        metadata: {},
        details: { quoteId: quote.id, ...tradeDetails(quote) },
        createdAt: now,
        updatedAt: now,
      })
      .returning(),
  );
  await post(db, {
    system: 'nxos',
    transaction: transactionId,
    at: now,
    moves: [
      ...transfer(quote.accountId, WORLD, { asset: quote.fromAsset, amount: quote.fromAmount }),
      ...transfer(WORLD, quote.accountId, { asset: quote.toAsset, amount: quote.toAmount }),
    ],
  });
  await tellOfTransactions(context, [[organization.id, trade]]);
  return tradeView(quote, transactionId, now);
}

function tradeDetails(quote: NxosQuote): Readonly<Record<string, string>> {
  const { fromAsset, fromAmount, toAsset, toAmount } = tradeView(quote, '', 0);
  return { fromAsset, fromAmount, toAsset, toAmount };
}

async function requireQuote({ db, organization }: NxosContext, id: string): Promise<NxosQuote> {
  const [found] = isId(NXOS_ID.quote, id)
    ? await db
        .select({ row: nxosQuotes })
        .from(nxosQuotes)
        .innerJoin(nxosAccounts, eq(nxosAccounts.id, nxosQuotes.accountId))
        .where(and(eq(nxosQuotes.id, id), eq(nxosAccounts.organization, organization.id)))
    : [];
  if (!found) throw new NxosRefusal('quote_not_found');
  return found.row;
}
