/**
 * Payouts: taken from an account when they are asked for, given back when they fail. While one is under way its money
 * lies in transit, so that the books add up at any time.
 */
import { and, asc, desc, eq, gte, lt, lte } from 'drizzle-orm';
import * as z from 'zod';
import { NIXO_STATUS_WORDS } from '../../model/nixo/statuses.ts';
import { hasIbanCheckDigits } from '../../model/iban.ts';
import { moneyFromWire } from '../../model/money.ts';
import { NIXO_ID, payoutRequest } from '../../wire/nixo/objects.ts';
import {
  balancesOf,
  InsufficientFunds,
  type Move,
  post,
  transfer,
  TRANSIT,
  WORLD,
} from '../ledger/ledger.ts';
import { payoutEnd } from '../payout-lever.ts';
import type { Worker } from '../schedule.ts';
import { type NixoPayout, nixoPayouts } from '../store/nixo-schema.ts';
import { earliest, inserted } from '../store/rows.ts';
import type { Database } from '../store/store.ts';
import { isStorable } from '../store/storable.ts';
import { pendingOf, requireAccount } from './accounts.ts';
import { newId, type NixoContext, parse } from './context.ts';
import { NixoRefusal } from './errors.ts';
import { balanceView, payoutDetail, payoutView } from './view.ts';
import { type EventType, tell } from './webhook.ts';

export async function createPayout(tx: Database, context: NixoContext, body: unknown) {
  const { world } = context;
  const request = parse(payoutRequest, body);
  const account = await requireAccount(tx, request.source_account ?? 'me', 'source_account');
  const { currency, reference } = request;
  if (context.config.current.nixoStrictIban && !hasIbanCheckDigits(request.recipient.account_iban)) {
    throw new NixoRefusal('invalid_request', 'has wrong check digits', 'recipient.account_iban');
  }
  const amount = moneyFromWire(request.amount, currency).minor;
  const { failsBecause, inMs } = payoutEnd(reference);
  const now = world.clock.now();
  const row = inserted(
    await tx
      .insert(nixoPayouts)
      .values({
        id: newId('pyt', world),
        accountId: account.id,
        amount,
        currency,
        destinationCountry: request.destination_country,
        recipient: request.recipient,
        reference: reference ?? null,
        metadata: request.metadata ?? {},
        status: 'processing',
        failureReason: null,
        history: [{ status: 'processing', at: now }],
        endsAs: failsBecause === null ? 'succeeded' : 'failed',
        endsBecause: failsBecause,
        dueAt: now + inMs,
        createdAt: now,
      })
      .returning(),
  );
  try {
    await move(tx, context, row, transfer(account.id, TRANSIT, { asset: currency, amount }));
  } catch (error) {
    if (!(error instanceof InsufficientFunds)) throw error;
    throw new NixoRefusal('invalid_request', 'is more than the account holds', 'amount');
  }
  await tellOfPayout(tx, context, 'payout.created', row);
  await tellOfBalance(tx, context, row);
  return payoutDetail(row);
}

const CANCELED = 'canceled';

/** Not in the documents: the text about it is cut off. Only while it is processing. */
export async function cancelPayout(tx: Database, context: NixoContext, id: string) {
  const row = await requirePayout(tx, id);
  const ended = await end(tx, context, row, { status: CANCELED, reason: null });
  if (!ended) throw new NixoRefusal('invalid_request', `the payout is ${row.status}`, 'status');
  return payoutDetail(ended);
}

export const getPayout = async (db: Database, id: string) => payoutDetail(await requirePayout(db, id));

const DEFAULT_LIMIT = 25;
const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,12}$/)
  .transform(Number);
const listQuery = z.object({
  limit: wholeNumber.pipe(z.number().min(1).max(100)).default(DEFAULT_LIMIT),
  starting_after: z.string().optional(),
  status: z.enum(NIXO_STATUS_WORDS).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  created_gte: wholeNumber.optional(),
  created_lte: wholeNumber.optional(),
});

/** Newest first. */
export async function listPayouts(db: Database, query: Record<string, string>) {
  const {
    limit,
    starting_after: after,
    status,
    currency,
    created_gte: from,
    created_lte: to,
  } = parse(listQuery, query);
  const last = after === undefined ? undefined : await findPayout(db, after);
  if (after !== undefined && !last) {
    throw new NixoRefusal('invalid_request', 'there is no such payout', 'starting_after');
  }
  const rows = await db
    .select()
    .from(nixoPayouts)
    .where(
      and(
        last && lt(nixoPayouts.sequence, last.sequence),
        status && eq(nixoPayouts.status, status),
        currency === undefined ? undefined : eq(nixoPayouts.currency, currency),
        from === undefined ? undefined : gte(nixoPayouts.createdAt, from * 1_000),
        to === undefined ? undefined : lt(nixoPayouts.createdAt, (to + 1) * 1_000),
      ),
    )
    .orderBy(desc(nixoPayouts.sequence))
    .limit(limit + 1);
  return { object: 'list', data: rows.slice(0, limit).map(payoutView), has_more: rows.length > limit };
}

export function createPayouts(context: NixoContext): Worker {
  const { db, world } = context;
  return {
    nextDue: () => earliest(db, nixoPayouts.dueAt),
    async runDue() {
      const due = await db
        .select()
        .from(nixoPayouts)
        .where(lte(nixoPayouts.dueAt, world.clock.now()))
        .orderBy(asc(nixoPayouts.dueAt), asc(nixoPayouts.sequence));
      for (const row of due) {
        await db.transaction((tx) => end(tx, context, row, { status: row.endsAs, reason: row.endsBecause }));
      }
    },
  };
}

/** Compare and set: of a timer and a cancellation only one ends it. `undefined` when it had ended. */
async function end(
  tx: Database,
  context: NixoContext,
  row: NixoPayout,
  {
    status,
    reason,
  }: { readonly status: 'succeeded' | 'failed' | 'canceled'; readonly reason: string | null },
): Promise<NixoPayout | undefined> {
  const [ended] = await tx
    .update(nixoPayouts)
    .set({
      status,
      failureReason: reason,
      dueAt: null,
      history: [...row.history, { status, at: context.world.clock.now() }],
    })
    .where(and(eq(nixoPayouts.id, row.id), eq(nixoPayouts.status, 'processing')))
    .returning();
  if (!ended) return undefined;
  const { accountId, currency: asset, amount } = ended;
  const isPaid = status === 'succeeded';
  await move(tx, context, ended, transfer(TRANSIT, isPaid ? WORLD : accountId, { asset, amount }));
  await tellOfPayout(tx, context, isPaid ? 'payout.succeeded' : 'payout.failed', ended);
  await tellOfBalance(tx, context, ended);
  return ended;
}

const move = (tx: Database, { world }: NixoContext, { id }: NixoPayout, moves: readonly Move[]) =>
  post(tx, { system: 'nixo', transaction: id, at: world.clock.now(), moves });

const tellOfPayout = (tx: Database, context: NixoContext, type: EventType, row: NixoPayout) =>
  tell(tx, context, { type, subject: row.id, object: payoutDetail(row) });

/** What an account holds now; told after each move of its money. */
export async function tellOfBalance(
  tx: Database,
  context: NixoContext,
  { accountId, currency }: Pick<NixoPayout, 'accountId' | 'currency'>,
) {
  const held = await balancesOf(tx, 'nixo', accountId);
  const available = held.find(({ asset }) => asset === currency)?.amount ?? 0n;
  const object = {
    ...balanceView(currency, available, await pendingOf(tx, accountId, currency)),
    account: accountId,
  };
  await tell(tx, context, { type: 'balance.updated', subject: accountId, object });
}

async function findPayout(db: Database, id: string): Promise<NixoPayout | undefined> {
  const [row] =
    isStorable(id) && NIXO_ID.payout.test(id)
      ? await db.select().from(nixoPayouts).where(eq(nixoPayouts.id, id))
      : [];
  return row;
}

async function requirePayout(db: Database, id: string): Promise<NixoPayout> {
  const row = await findPayout(db, id);
  if (!row) throw new NixoRefusal('not_found', 'There is no such payout');
  return row;
}
