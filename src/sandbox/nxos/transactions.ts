/** What happened on the accounts of an organization, newest first. */
import { and, desc, eq, gte, inArray, lt, lte } from 'drizzle-orm';
import * as z from 'zod';
import { NXOS_STATUSES } from '../../model/nxos/statuses.ts';
import { NXOS_ID } from '../../wire/nxos/objects.ts';
import { nxosAccounts, nxosTransactions, TRANSACTION_TYPES } from '../store/nxos-schema.ts';
import { requireAccount } from './accounts.ts';
import { isId, type NxosContext } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { envelope, readPage } from './paging.ts';
import { transactionView } from './view.ts';

export async function listTransactions(context: NxosContext, query: Record<string, string>) {
  const { db, organization } = context;
  const accountIds =
    query.accountId === undefined
      ? db
          .select({ id: nxosAccounts.id })
          .from(nxosAccounts)
          .where(eq(nxosAccounts.organization, organization.id))
      : [(await requireAccount(context, query.accountId)).id];
  const types = words(query, 'type', TRANSACTION_TYPES);
  const statuses = words(query, 'status', NXOS_STATUSES);
  const from = time(query, 'createdAtGte');
  const to = time(query, 'createdAtLte');
  const list = ['transactions', organization.id, query.accountId, types, statuses, from, to].join(':');
  const page = readPage(query, list);
  const rows = await db
    .select()
    .from(nxosTransactions)
    .where(
      and(
        inArray(nxosTransactions.accountId, accountIds),
        types && inArray(nxosTransactions.type, types),
        statuses && inArray(nxosTransactions.status, statuses),
        from === undefined ? undefined : gte(nxosTransactions.createdAt, from),
        to === undefined ? undefined : lte(nxosTransactions.createdAt, to),
        page.after === undefined ? undefined : lt(nxosTransactions.sequence, page.after),
      ),
    )
    .orderBy(desc(nxosTransactions.sequence))
    .limit(page.limit + 1);
  return envelope(rows, page, list, transactionView);
}

export async function getTransaction({ db, organization }: NxosContext, id: string) {
  const [found] = isId(NXOS_ID.transaction, id)
    ? await db
        .select({ row: nxosTransactions })
        .from(nxosTransactions)
        .innerJoin(nxosAccounts, eq(nxosAccounts.id, nxosTransactions.accountId))
        .where(and(eq(nxosTransactions.id, id), eq(nxosAccounts.organization, organization.id)))
    : [];
  if (!found) throw new NxosRefusal('not_found');
  return transactionView(found.row);
}

/** A list of words, parted by commas. */
function words<T extends string>(
  query: Record<string, string>,
  name: string,
  known: readonly T[],
): T[] | undefined {
  const given = query[name]?.split(',');
  if (!given) return undefined;
  return given.map((text) => {
    const word = known.find((it) => it === text);
    if (word) return word;
    throw new NxosRefusal(
      'invalid_request',
      `${name}: "${text.slice(0, 40)}" is none of ${known.join(', ')}`,
    );
  });
}

const timestamp = z.iso.datetime({ offset: true });

function time(query: Record<string, string>, name: string): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  if (timestamp.safeParse(text).success) return Date.parse(text);
  throw new NxosRefusal('invalid_request', `${name}: must be ISO 8601 such as 2026-11-21T12:00:00.000Z`);
}
