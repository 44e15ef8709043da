/** Accounts: who they are, whether that was checked, and what they hold. */
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { accountRequest } from '../../wire/nixo/objects.ts';
import { balancesOf } from '../ledger/ledger.ts';
import type { Worker } from '../schedule.ts';
import { type NixoAccount, nixoAccounts, nixoPayouts } from '../store/nixo-schema.ts';
import { earliest, inserted } from '../store/rows.ts';
import type { Database } from '../store/store.ts';
import { isStorable } from '../store/storable.ts';
import type { World } from '../world.ts';
import { newId, type NixoContext, parse } from './context.ts';
import { NixoRefusal } from './errors.ts';
import { OPERATING_ACCOUNT } from './seeds.ts';
import { accountView, balanceView } from './view.ts';

/** How long the check of a new account takes. */
const KYC_MS = 30_000;

export async function createAccount(tx: Database, { world }: NixoContext, body: unknown) {
  const { type, name, email, country, metadata } = parse(accountRequest, body);
  const now = world.clock.now();
  const row = inserted(
    await tx
      .insert(nixoAccounts)
      .values({
        id: newId('acc', world),
        type,
        name,
        email: email ?? null,
        country: country ?? null,
        kycStatus: 'pending',
        metadata: metadata ?? {},
        isOperating: false,
        dueAt: now + KYC_MS,
        createdAt: now,
      })
      .returning(),
  );
  return accountView(row);
}

export const getAccount = async (db: Database, id: string) => accountView(await requireAccount(db, id));

export async function getBalances(db: Database, id: string) {
  const account = await requireAccount(db, id);
  const held = await balancesOf(db, 'nixo', account.id);
  const data = await Promise.all(
    held.map(async ({ asset, amount }) => balanceView(asset, amount, await pendingOf(db, account.id, asset))),
  );
  return { object: 'list', data };
}

/** What payouts that are under way have taken. */
export async function pendingOf(db: Database, accountId: string, currency: string): Promise<bigint> {
  const [row] = await db
    .select({ total: sql<string>`coalesce(sum(${nixoPayouts.amount}), 0)` })
    .from(nixoPayouts)
    .where(
      and(
        eq(nixoPayouts.accountId, accountId),
        eq(nixoPayouts.currency, currency),
        eq(nixoPayouts.status, 'processing'),
      ),
    );
  return BigInt(row?.total ?? 0);
}

/** `me` is the operating account. */
export async function requireAccount(db: Database, id: string, field?: string): Promise<NixoAccount> {
  const wanted = id === 'me' ? OPERATING_ACCOUNT : id;
  const [row] = isStorable(wanted)
    ? await db.select().from(nixoAccounts).where(eq(nixoAccounts.id, wanted))
    : [];
  if (row) return row;
  throw field === undefined
    ? new NixoRefusal('not_found', 'There is no such account')
    : new NixoRefusal('invalid_request', 'there is no such account', field);
}

/** The check of who somebody is ends by itself; a name with "reject" in it is rejected. */
export function createKyc(db: Database, { clock }: World): Worker {
  return {
    nextDue: () => earliest(db, nixoAccounts.dueAt),
    async runDue() {
      const due = await db
        .select()
        .from(nixoAccounts)
        .where(lte(nixoAccounts.dueAt, clock.now()))
        .orderBy(asc(nixoAccounts.dueAt));
      for (const { id, name } of due) {
        await db
          .update(nixoAccounts)
          .set({ dueAt: null, kycStatus: /reject/i.test(name) ? 'rejected' : 'verified' })
          .where(eq(nixoAccounts.id, id));
      }
    },
  };
}
