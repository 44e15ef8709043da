/** The order book's statements: built once by Drizzle, run by whichever client there is. */
import { and, asc, eq, fillPlaceholders, gt, lte, max, or, type Query, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pg-proxy';
import type { Statement } from './clients/client.ts';
import { orders } from './schema.ts';

/** Only builds; its own way of running would quote whole orders in its errors. */
const db = drizzle(() => Promise.reject(new Error('statements are run by the client')));

const prepared = <Name extends string>(query: { toSQL(): Query }, ..._names: readonly Name[]) => {
  const { sql: text, params } = query.toSQL();
  return (values: Readonly<Record<Name, unknown>>): Statement => ({
    sql: text,
    params: fillPlaceholders(params, values),
  });
};

const dialect = new PgDialect();
const plain = <Name extends string>(query: SQL, ...names: readonly Name[]) =>
  prepared({ toSQL: () => dialect.sqlToQuery(query) }, ...names);

/** As text: clients differ in what they make of JSON. */
const order = sql<string>`${orders.order}::text`;
const { placeholder } = sql;

/** The `order` of one key. */
export const find = prepared(
  db
    .select({ order })
    .from(orders)
    .where(eq(orders.key, placeholder('key'))),
  'key',
);

/** … and keeps all others from changing it until the transaction ends. */
export const findLocked = prepared(
  db
    .select({ order })
    .from(orders)
    .where(eq(orders.key, placeholder('key')))
    .for('update'),
  'key',
);

export const save = prepared(
  db
    .insert(orders)
    .values({
      key: placeholder('key'),
      version: placeholder('version'),
      changedAt: placeholder('changedAt'),
      openUntil: placeholder('openUntil'),
      order: sql`${placeholder('order')}::text::json`,
    })
    .onConflictDoUpdate({
      target: orders.key,
      set: {
        version: sql`excluded.version`,
        changedAt: sql`excluded.changed_at`,
        openUntil: sql`excluded.open_until`,
        order: sql`excluded."order"`,
      },
    }),
  'key',
  'version',
  'changedAt',
  'openUntil',
  'order',
);

/** Those of some keys that are newer than the version that stands beside each: `{"order-1": 7}`. */
export const newer = plain(
  sql`select ${orders.key}, ${order} from json_each_text(${placeholder('versions')}::text::json) as known (key, version)
    join ${orders} on ${orders.key} = known.key and ${orders.version} > known.version::bigint`,
  'versions',
);

/**
 * Which there are, without what stands in them: to put them in their order, all that are open have to be read each time.
 * `changedAt` and `key` are of the last that was read; `until` of the newest that is wanted.
 */
export const unfinished = prepared(
  db
    .select({ changedAt: orders.changedAt, key: orders.key })
    .from(orders)
    .where(
      and(
        gt(orders.openUntil, placeholder('now')),
        lte(orders.changedAt, placeholder('until')),
        or(
          gt(orders.changedAt, placeholder('changedAt')),
          and(eq(orders.changedAt, placeholder('changedAt')), gt(orders.key, placeholder('key'))),
        ),
      ),
    )
    .orderBy(asc(orders.changedAt), asc(orders.key))
    .limit(placeholder('limit')),
  'now',
  'until',
  'changedAt',
  'key',
  'limit',
);

/** Those of some keys (a JSON array) that are not newer than `until`. */
export const unchanged = plain(
  sql`select ${order} from ${orders}
    where ${orders.key} = any(array(select json_array_elements_text(${placeholder('keys')}::text::json)))
      and ${orders.changedAt} <= ${placeholder('until')}::bigint
    order by ${orders.changedAt}, ${orders.key}`,
  'keys',
  'until',
);

export const newest = prepared(
  db
    .select({ at: max(orders.changedAt) })
    .from(orders)
    .where(gt(orders.openUntil, placeholder('now'))),
  'now',
);

/** Sixty-four bits of a text: two texts that share them only wait for each other. */
const lockOf = sql`hashtextextended(${placeholder('name')}::text, 0)`;

export const lock = plain(sql`select pg_advisory_xact_lock(${lockOf})`, 'name');
export const tryLock = plain(sql`select pg_try_advisory_xact_lock(${lockOf})`, 'name');

/** `payloads`: a JSON array of texts. */
export const notify = plain(
  sql`select pg_notify(${placeholder('channel')}::text, payload) from json_array_elements_text(${placeholder('payloads')}::text::json) as told (payload)`,
  'channel',
  'payloads',
);

/** With a parameter, so that it is a statement like the others. */
export const one = plain(sql`select ${placeholder('one')}::int`, 'one');
