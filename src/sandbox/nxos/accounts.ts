/** Accounts: whose they are, what they hold, and whether money may move. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Asset } from '../../model/assets.ts';
import { NXOS_ID } from '../../wire/nxos/objects.ts';
import { balancesOf } from '../ledger/ledger.ts';
import { type NxosAccount, nxosAccounts, nxosFundingMethods } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import { isId, type NxosContext } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { envelope, readPage } from './paging.ts';
import { accountView, balanceView } from './view.ts';

export async function listAccounts({ db, organization }: NxosContext, query: Record<string, string>) {
  const list = `accounts:${organization.id}`;
  const page = readPage(query, list);
  const rows = await db
    .select()
    .from(nxosAccounts)
    .where(
      and(
        eq(nxosAccounts.organization, organization.id),
        page.after === undefined ? undefined : gt(nxosAccounts.sequence, page.after),
      ),
    )
    .orderBy(asc(nxosAccounts.sequence))
    .limit(page.limit + 1);
  const methods = await fundingOf(db, rows);
  return envelope(rows, page, list, (row) => accountView(row, methods));
}

export async function getAccount(context: NxosContext, id: string) {
  const account = await requireAccount(context, id);
  const held = await balancesOf(context.db, 'nxos', account.id);
  return {
    ...accountView(account, await fundingOf(context.db, [account])),
    balances: held.map(({ asset, amount }) => balanceView(asset as Asset, amount)),
  };
}

/** An account of somebody else is as little there as one that does not exist. */
export async function requireAccount(
  { db, organization }: NxosContext,
  id: string | undefined,
): Promise<NxosAccount> {
  const [account] = isId(NXOS_ID.account, id)
    ? await db
        .select()
        .from(nxosAccounts)
        .where(and(eq(nxosAccounts.id, id), eq(nxosAccounts.organization, organization.id)))
    : [];
  if (!account) throw new NxosRefusal('account_not_found');
  return account;
}

/** Held until the end of the transaction, so that none of them is closed meanwhile; in one order for everybody. */
export async function requireActive(tx: Database, ids: readonly string[]): Promise<void> {
  const rows = await tx
    .select({ status: nxosAccounts.status })
    .from(nxosAccounts)
    .where(inArray(nxosAccounts.id, [...ids]))
    .orderBy(asc(nxosAccounts.id))
    .for('share');
  if (rows.some(({ status }) => status === 'CLOSED')) throw new NxosRefusal('account_closed');
  if (rows.some(({ status }) => status === 'SUSPENDED')) throw new NxosRefusal('account_suspended');
}

const fundingOf = (db: Database, accounts: readonly NxosAccount[]) =>
  accounts.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(nxosFundingMethods)
        .where(
          inArray(
            nxosFundingMethods.accountId,
            accounts.map(({ id }) => id),
          ),
        );
