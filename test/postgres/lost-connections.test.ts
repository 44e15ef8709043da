/** A database that is killed ends connections at any moment: somebody is told of each, and it never ends the shop. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import postgres from 'postgres';
import { createPostgresBook, migrate, type PostgresBook } from '../../src/postgres/index.ts';
import { accept } from '../../src/server/orders/accept.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { NOON, said } from '../server/orders/events.ts';
import { createCuttingLine, type CuttingLine } from './cutting.ts';
import { openNodePostgres, openPostgresJs, writeBy } from './databases.ts';

const database = await createTestDatabase();
if ('missing' in database) {
  test(`lost connections: NOT TESTED, no PostgreSQL can be had (${database.missing})`, { skip: true });
} else {
  describe('a connection that is reset', () => resets(database));
}

function resets(there: TestDatabase): void {
  let line: CuttingLine;
  const unheard: unknown[] = [];
  const note = (error: unknown): void => void unheard.push(error);

  before(async () => {
    line = await createCuttingLine(there.url);
    const direct = openPostgresJs(there.url);
    await migrate(direct.client);
    await direct.run('create table effects (id text, word text)');
    await direct.end();
    process.on('unhandledRejection', note);
    process.on('uncaughtException', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
    await line.close();
    await there.drop();
  });

  /** Node tells of a rejection that nobody heard once the promises at hand have settled. */
  async function assertAllHeard(moment: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(unheard.splice(0), [], moment);
  }

  for (const [name, open] of [
    ['postgres', openPostgresJs],
    ['pg', openNodePostgres],
  ] as const) {
    test(`at any moment of a change by ${name}: who waits is told, and the same change is taken again`, async () => {
      const ends: Promise<void>[] = [];
      for (const sender of ['client', 'server'] as const) {
        let isCut = true;
        for (let nth = 1; isCut; nth += 1) {
          const moment = `${name}, ${sender}, ${nth}`;
          const opened = open(line.url);
          const book = createPostgresBook(opened.client) as PostgresBook<object>;
          let passed = 0;
          const wasCut = line.cutOnce((_bytes, from) => from === sender && ++passed === nth);
          await change(book, moment).catch(() => undefined);
          isCut = wasCut();
          line.cutNone();
          assert.match(await change(book, moment), /handled|duplicate/, moment);
          ends.push(opened.end());
          await assertAllHeard(moment);
        }
      }
      await Promise.all(ends);
    });
  }

  const change = (book: PostgresBook<object>, trackingId: string) =>
    accept(said('successful', { trackingId }), {
      book,
      handlers: {
        onStatus: (_change, { tx }) =>
          writeBy(tx, 'insert into effects values ($1, $2)', [trackingId, 'paid']),
        onMismatch: () => undefined,
      },
      deadlineMs: 20_000,
      now: () => NOON,
    });

  test('while Postgres.js asks for the types of arrays: the statement is told, and the next connection knows them', async () => {
    const opened = openPostgresJs(line.url);
    const book = createPostgresBook(opened.client);
    const isCut = line.cutOnce((bytes) => bytes.includes('typarray'));
    await assert.rejects(book.ping(), { code: 'ECONNRESET' });
    assert.ok(isCut());
    await assertAllHeard('types');
    const [row] = await opened.run(`select '{a,b}'::text[] as list`);
    assert.deepEqual(row, { list: ['a', 'b'] });
    await opened.end();
  });

  test('leaves the shop’s own queries as they were: one that it cancels is told', async () => {
    const direct = openPostgresJs(there.url);
    const isRunning = async (): Promise<boolean> => {
      const [row] = await direct.run(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
      );
      return row !== undefined;
    };
    for (const moment of ['before it is sent', 'while it runs']) {
      const client = postgres(there.url, { connect_timeout: 0 });
      createPostgresBook(client);
      const query = client`select pg_sleep(${PATIENCE_MS / 1_000})`.execute();
      if (moment === 'while it runs') await until(isRunning, 'the query runs');
      query.cancel();
      await assert.rejects(query, { code: '57014' }, moment);
      // Else Postgres.js 3.4 waits for ever for a connection whose only query is cancelled while it is made.
      await client.end({ timeout: 0 });
    }
    await direct.end();
  });
}
