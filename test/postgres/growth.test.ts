/** What the order book in PostgreSQL reads while many orders are stored, counted by the database itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPostgresBook, migrate } from '../../src/postgres/index.ts';
import { opened } from '../../src/server/orders/order.ts';
import { NOON, TERMS } from '../server/orders/events.ts';
import { type Opened, openPglite } from './databases.ts';

const ORDERS = 3_000;
const OPENING = { by: 'token', flow: 'deposit', at: NOON, until: NOON + 30 * 60_000 } as const;

let database: Opened;
before(async () => {
  // One session: what it has read is counted when it says so.
  database = await openPglite();
  await migrate(database.client);
  await database.run(
    `insert into kassa.orders (key, version, changed_at, open_until, "order")
     select 'order-' || at, $1::bigint, $1::bigint + at, $2::bigint, replace($3::text, 'ORDER', 'order-' || at)::json
     from generate_series(1, $4::int) as at`,
    [NOON, OPENING.until, JSON.stringify(opened(undefined, 'ORDER', TERMS, OPENING)), ORDERS],
  );
  await database.run('analyze kassa.orders');
});
after(() => database.end());

/** Rows of orders that the database has looked at so far. */
async function rowsRead(): Promise<number> {
  await database.run('select pg_stat_force_next_flush()');
  const [counted] = await database.run(
    `select seq_tup_read + coalesce(idx_tup_fetch, 0) as rows from pg_stat_user_tables
     where schemaname = 'kassa' and relname = 'orders'`,
  );
  return Number(counted?.rows);
}

async function readBy(work: () => Promise<unknown>): Promise<number> {
  const before = await rowsRead();
  await work();
  return (await rowsRead()) - before;
}

// Issue 17, item 7
test('a question and a change read their own row, however many orders there are', async () => {
  const book = createPostgresBook(database.client);
  assert.ok((await readBy(() => book.find('order-7'))) <= 1);
  const rows = await readBy(() =>
    book.change('order-7', (order) =>
      Promise.resolve({ order: opened(order, 'order-7', TERMS, OPENING), result: undefined }),
    ),
  );
  assert.ok(rows <= 4, `${rows} rows`);
  await book.close();
});

test('to list the open orders reads each of them a few times, not once for each page', async () => {
  const book = createPostgresBook(database.client);
  const ids = new Set<string>();
  const rows = await readBy(async () => {
    for await (const { trackingId } of book.unfinished(NOON)) ids.add(trackingId);
  });
  assert.equal(ids.size, ORDERS);
  assert.ok(rows <= 4 * ORDERS, `${rows} rows for ${ORDERS} orders`);
  await book.close();
});
