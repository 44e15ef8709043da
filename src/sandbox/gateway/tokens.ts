/** Where minted tokens are kept. Those that come at one moment are stored by one statement: a row costs less than a statement. */
import { getTableColumns, sql } from 'drizzle-orm';
import { recordset } from '../store/plant.ts';
import { tokens, transactions } from '../store/schema.ts';
import type { Database } from '../store/store.ts';

export type NewToken = typeof tokens.$inferInsert;

export interface Tokens {
  /** Whether it is stored now: not, when its order is paid. */
  readonly keep: (token: NewToken) => Promise<boolean>;
}

interface Waiting {
  readonly token: NewToken;
  readonly resolve: (isKept: boolean) => void;
  readonly reject: (fault: unknown) => void;
}

/** Each may have a megabyte. */
const MOST_AT_ONCE = 64;

const COLUMNS = sql.join(
  Object.values(getTableColumns(tokens)).map(({ name }) => sql`asked.${sql.identifier(name)}`),
  sql`, `,
);

export function createTokens(db: Database): Tokens {
  let waiting: Waiting[] = [];

  async function store(together: readonly Waiting[]): Promise<void> {
    try {
      const kept = await insert(together.map(({ token }) => token));
      for (const { token, resolve } of together) resolve(kept.has(token.token));
    } catch (error) {
      // One that cannot be stored is no fault of those beside it.
      if (together.length > 1) await Promise.all(together.map((alone) => store([alone])));
      else together[0]?.reject(error);
    }
  }

  async function insert(rows: readonly NewToken[]): Promise<ReadonlySet<string>> {
    const newest = sql`select ${transactions.status} from ${transactions}
      where ${transactions.trackingId} = asked.tracking_id order by ${transactions.sequence} desc limit 1`;
    const stored = await db
      .insert(tokens)
      .select(
        sql`select ${COLUMNS} from ${recordset(tokens, rows)} as asked where (${newest}) is distinct from 'successful'`,
      )
      .returning({ token: tokens.token });
    return new Set(stored.map(({ token }) => token));
  }

  function storeWaiting(): void {
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += MOST_AT_ONCE) {
      void store(all.slice(from, from + MOST_AT_ONCE));
    }
  }

  return {
    keep: (token) =>
      new Promise((resolve, reject) => {
        // After all that has come in by now has been read.
        if (waiting.push({ token, resolve, reject }) === 1) setImmediate(storeWaiting);
      }),
  };
}
