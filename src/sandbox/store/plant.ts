/**
 * The first rows of several tables, in one statement: every sandbox begins with it, and some twenty statements, one
 * after another, took longer than all else that the embedded database does at its start.
 */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './store.ts';

export interface Planting {
  readonly table: PgTable;
  /** All with the same fields. */
  readonly rows: readonly object[];
}

export const rowsOf = <T extends PgTable>(table: T, rows: readonly T['$inferInsert'][]): Planting => ({
  table,
  rows,
});

/**
 * Writes everything, or nothing when the rows of the first are there already: also when another process is writing
 * them at this moment, as the second waits for its row and then finds it.
 */
export async function plant(db: Database, first: Planting, ...others: readonly Planting[]): Promise<void> {
  const rest = others.map(
    (planting, at) =>
      sql`, ${sql.identifier(`planted_${at}`)} as (${insertion(planting)} where exists (select from planted))`,
  );
  await db.execute(
    sql`with planted as (${insertion(first)} on conflict do nothing returning 1)${sql.join(rest)} select from planted`,
  );
}

function insertion({ table, rows }: Planting): SQL {
  const names = sql.join(
    columnsOf(table, rows).map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  return sql`insert into ${table} (${names}) select ${names} from ${recordset(table, rows)}`;
}

/** Rows as one parameter. The database reads each value by the type of its column, as it does when it restores a table from JSON. */
export function recordset(table: PgTable, rows: readonly object[]): SQL {
  const columns = columnsOf(table, rows);
  const json = rows.map((row) =>
    Object.fromEntries(columns.map(({ field, name }) => [name, (row as Record<string, unknown>)[field]])),
  );
  return sql`jsonb_populate_recordset(null::${table}, ${toJson(json)}::jsonb)`;
}

function columnsOf(table: PgTable, rows: readonly object[]) {
  const known = getTableColumns(table);
  return Object.keys(rows[0] ?? {}).map((field) => {
    const { name } = known[field] ?? {};
    if (name === undefined) throw new Error(`the table has no column for ${field}`);
    return { field, name };
  });
}

/** Minor units as text: a number of JavaScript's could not hold them all. */
const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, it: unknown) => (typeof it === 'bigint' ? String(it) : it));
