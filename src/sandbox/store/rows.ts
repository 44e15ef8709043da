/** What several tables are asked for in the same way. */
import { and, isNotNull, min, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Database } from './store.ts';

/** The one row that an insertion returns. */
export function inserted<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error('nothing was inserted');
  return row;
}

/** The earliest of the times in a column, or nothing: a row without one waits for nothing. */
export async function earliest(
  db: Database,
  dueAt: AnyPgColumn<{ data: number }>,
  where?: SQL,
): Promise<number | undefined> {
  const [row] = await db
    .select({ due: min(dueAt) })
    .from(dueAt.table)
    .where(and(where, isNotNull(dueAt)));
  return row?.due ?? undefined;
}
