/** `kassa migrate`, as a user runs it, and `migrate(client)` as many at once do. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { createPostgresBook, DatabaseError, migrate } from '../../src/postgres/index.ts';
import { MIGRATIONS } from '../../src/postgres/migrations.ts';
import { until } from '../patience.ts';
import { program } from '../program.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { openNodePostgres, openPostgresJs, temporaryFolder } from './databases.ts';

const VERSION = Math.max(...MIGRATIONS.map(({ version }) => version));

/** Who waits for a lock like that of the migrations, in this database. */
const WAITING = `select count(*) from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

const run = promisify(execFile);

async function kassa(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { DATABASE_URL: _url, ...rest } = process.env;
  return run(process.execPath, [...program('src/command/bin.ts'), 'migrate', ...args], {
    env: { ...rest, ...env },
  }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: unknown) => {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, text: stderr };
    },
  );
}

test('the versions of migrations rise, and none comes twice', () => {
  const versions = MIGRATIONS.map(({ version }) => version);
  assert.deepEqual(
    versions,
    [...new Set(versions)].sort((a, b) => a - b),
  );
});

describe('kassa migrate', () => {
  test('makes the tables in a folder, and finds nothing to do the second time', async () => {
    const folder = await temporaryFolder();
    try {
      const first = await kassa(['--data-dir', folder.path]);
      assert.match(first.text, new RegExp(`at version ${VERSION}; ran 1`));
      assert.match((await kassa(['--data-dir', folder.path])).text, /nothing to do/);
    } finally {
      await folder.remove();
    }
  });

  test('says what to do without a database, with one that is none, and with one that is away', async () => {
    for (const [args, env] of [
      [[], {}],
      [['--database-url', 'mysql://root:hunter2@localhost/shop'], {}],
      [[], { DATABASE_URL: 'hunter2' }],
    ] as const) {
      const { code, text } = await kassa(args, env);
      assert.equal(code, 1);
      assert.match(text, /DATABASE_URL or pass --database-url/);
      assert.doesNotMatch(text, /hunter2/);
    }
    const away = await kassa([], { DATABASE_URL: 'postgres://shop:hunter2@127.0.0.1:9/shop' });
    assert.equal(away.code, 1);
    assert.match(away.text, /127\.0\.0\.1:9\/shop cannot be migrated/);
    assert.doesNotMatch(away.text, /hunter2/);
  });
});

const database = await createTestDatabase();
if ('missing' in database) {
  test(`migrate on PostgreSQL: NOT TESTED, none can be had (${database.missing})`, { skip: true });
} else {
  describe('migrate on PostgreSQL', () => onPostgres(database));
}

function onPostgres(there: TestDatabase): void {
  const { url } = there;
  const opened = openPostgresJs(url);
  before(() => opened.run('drop schema if exists kassa cascade'));
  after(async () => {
    await opened.end();
    await there.drop();
  });

  test('a book without its tables says how to make them', async () => {
    const book = createPostgresBook(opened.client);
    const isExplained = { code: 'not-migrated', hint: /npx kassa migrate/ };
    await assert.rejects(book.find('order-1'), isExplained);
    await assert.rejects(
      book.change('order-1', (order) => Promise.resolve({ order, result: undefined })),
      isExplained,
    );
    await book.close();
  });

  test('ten instances that start at once make the tables once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => migrate(opened.client)));
    assert.equal(made.filter(({ ran }) => ran.length > 0).length, 1);
    for (const { version } of made) assert.equal(version, VERSION);
    assert.match((await kassa([], { DATABASE_URL: url })).text, /nothing to do/);
  });

  // PostgreSQL keeps for each connection what it found to be missing, and a wait for a lock does not make it look again.
  test('whoever drops the schema, and then waits for another instance to make it, finds it', async () => {
    await opened.run('drop schema kassa cascade');
    const [maker, waiter] = [openPostgresJs(url), openPostgresJs(url)];
    await waiter.run('drop schema if exists kassa cascade');
    const waiting = async (count: number): Promise<boolean> => {
      const [found] = await opened.run(WAITING);
      return found?.count === String(count);
    };
    const holder = postgres(url, { max: 1 });
    const { made } = await holder.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('kassa migrations', 0))`;
      const first = migrate(maker.client);
      await until(() => waiting(1), 'the first waits');
      const second = migrate(waiter.client);
      await until(() => waiting(2), 'the second waits after it');
      // Inside of an object: they end after this transaction.
      return { made: Promise.all([first, second]) };
    });
    assert.deepEqual(
      (await made).map(({ ran }) => ran),
      [[VERSION], []],
    );
    await Promise.all([maker.end(), waiter.end(), holder.end()]);
  });

  test('tables of a newer version are left alone', async () => {
    await opened.run('insert into kassa.migrations (version) values (9999)');
    assert.deepEqual(await migrate(opened.client), { version: 9999, ran: [] });
  });

  test('a client that is none, and a pool that is too small, are refused at once', async () => {
    const small = openPostgresJs(url, { max: 1 });
    assert.throws(() => createPostgresBook(small.client), { code: 'too-few-connections' });
    await small.end();
    for (const client of [undefined, {}, 'postgres://localhost', { query: () => undefined }]) {
      assert.throws(() => createPostgresBook(client as never), DatabaseError);
    }
    const pool = openNodePostgres(url);
    assert.doesNotThrow(() => createPostgresBook(pool.client));
    await pool.end();
  });
}
