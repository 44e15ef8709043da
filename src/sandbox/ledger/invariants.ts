/** What must be true of the books at any time, asked of the database itself. */
import { sql } from 'drizzle-orm';
import { balances, entries } from '../store/ledger-schema.ts';
import type { Database } from '../store/store.ts';

export interface Violation {
  readonly rule: 'balance-is-its-entries' | 'transaction-adds-up-to-zero' | 'asset-adds-up-to-zero';
  readonly what: string;
}

/** Nothing, as long as all is well. */
export async function findViolations(db: Database): Promise<readonly Violation[]> {
  const sums = await db
    .select({
      what: sql<string>`coalesce(b.system, e.system) || ' ' || coalesce(b.account, e.account) || ' ' || coalesce(b.asset, e.asset)`,
    })
    .from(
      sql`${balances} b full join (
        select system, account, asset, sum(amount) as total from ${entries} group by system, account, asset
      ) e using (system, account, asset)`,
    )
    .where(sql`coalesce(b.amount, 0) <> coalesce(e.total, 0)`);
  const transactions = await db
    .select({ what: sql<string>`${entries.system} || ' ' || ${entries.transaction}` })
    .from(entries)
    .groupBy(entries.system, entries.transaction, entries.asset)
    .having(sql`sum(${entries.amount}) <> 0`);
  const assets = await db
    .select({ what: sql<string>`${balances.system} || ' ' || ${balances.asset}` })
    .from(balances)
    .groupBy(balances.system, balances.asset)
    .having(sql`sum(${balances.amount}) <> 0`);
  return [
    ...sums.map(({ what }) => ({ rule: 'balance-is-its-entries' as const, what })),
    ...transactions.map(({ what }) => ({ rule: 'transaction-adds-up-to-zero' as const, what })),
    ...assets.map(({ what }) => ({ rule: 'asset-adds-up-to-zero' as const, what })),
  ];
}
