/** The store seam: the same code on three databases, and clear words when one cannot be opened. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { StoreError } from '../../../src/sandbox/store/errors.ts';
import { migrationsFolder } from '../../../src/sandbox/store/places.ts';
import { nxosAccounts } from '../../../src/sandbox/store/nxos-schema.ts';
import { settings } from '../../../src/sandbox/store/schema.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { FOLDER, MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';
import { refusalOf } from '../../refusal.ts';

interface Applied {
  readonly hash: string;
}

// C-02
await onEachStore([MEMORY, FOLDER, POSTGRES], (place, kind) => {
  let store: Store;
  before(async () => {
    store = await openStore(place);
  });
  after(() => store.close());

  test('keeps what is written, big numbers and nested values included', async () => {
    const value = { nested: [1, { deep: 'ä✓' }], at: 9_007_199_254_740_991 };
    await store.db.insert(settings).values({ name: 'a', value });
    const [row] = await store.db.select().from(settings).where(eq(settings.name, 'a'));
    assert.deepEqual(row?.value, value);
  });

  // A ready-made database is as good as the migrations themselves, or it is not used.
  test('every migration has been applied, in order and once', async () => {
    const journal = JSON.parse(await readFile(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
      readonly entries: readonly { readonly tag: string }[];
    };
    const sources = await Promise.all(
      journal.entries.map(({ tag }) => readFile(`${migrationsFolder}/${tag}.sql`, 'utf8')),
    );
    // One driver answers with the rows, the other with an object that has them.
    const applied: unknown = await store.db.execute(
      sql`select hash from drizzle.__drizzle_migrations order by created_at`,
    );
    const { rows } = applied as { readonly rows?: readonly Applied[] };
    assert.deepEqual(
      (rows ?? (applied as readonly Applied[])).map(({ hash }) => hash),
      sources.map((source) => createHash('sha256').update(source).digest('hex')),
    );
  });

  test('a transaction that fails leaves nothing behind', async () => {
    await assert.rejects(
      store.db.transaction(async (tx) => {
        await tx.insert(settings).values({ name: 'half', value: {} });
        throw new Error('on purpose');
      }),
    );
    assert.deepEqual(await store.db.select().from(settings).where(eq(settings.name, 'half')), []);
  });

  test('writers at the same time do not lose each other’s updates', async () => {
    await store.db.insert(settings).values({ name: 'count', value: 0 });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.db.transaction(async (tx) => {
          const [row] = await tx.select().from(settings).where(eq(settings.name, 'count')).for('update');
          await tx
            .update(settings)
            .set({ value: Number(row?.value) + 1 })
            .where(eq(settings.name, 'count'));
        }),
      ),
    );
    const [row] = await store.db.select().from(settings).where(eq(settings.name, 'count'));
    assert.equal(row?.value, 20);
  });

  if (kind !== MEMORY) {
    test('opened again, everything is there, and the migrations run once', async () => {
      await store.db.insert(settings).values({ name: 'kept', value: true });
      await store.close();
      store = await openStore(place);
      const rows = await store.db.select().from(settings).where(eq(settings.name, 'kept'));
      assert.equal(rows.length, 1);
    });
  }
});

// Issue 17.5
await onEachStore([POSTGRES], (place) => {
  let store: Store;
  before(async () => {
    store = await openStore({ ...place, connections: 1 });
  });
  after(() => store.close());

  const textsPrepared = async (about: string): Promise<readonly string[]> => {
    const rows = await store.db
      .select({ text: sql<string>`statement` })
      .from(sql`pg_prepared_statements`)
      .where(sql`strpos(statement, ${about}) > 0`);
    return rows.map(({ text }) => text);
  };
  const named = (name: string) => store.db.select().from(settings).where(eq(settings.name, name));

  test('a statement is prepared once for a connection, whatever is asked with it', async () => {
    for (const name of ['a', 'b', 'c']) await named(name);
    await store.db.execute(sql`select ${1}::integer as once`);
    await store.db.transaction(async (tx) => {
      await tx.execute(sql`select ${1}::integer as within`);
      await tx.transaction((inner) => inner.execute(sql`select ${1}::integer as deeper`));
      await tx.execute(sql`select ${2}::integer as within`);
    });
    assert.equal((await textsPrepared('"settings"."name" =')).length, 1);
    for (const once of ['as once', 'as within', 'as deeper'])
      assert.equal((await textsPrepared(once)).length, 1, once);
  });

  test('one that is another each time is not kept for ever', async () => {
    for (let at = 0; at < 600; at += 1)
      await store.db.execute(sql`select ${1}::integer as ${sql.identifier(`as-other-${at}`)}`);
    const { length } = await textsPrepared('as-other');
    assert.ok(length > 400 && length <= 500, `${length}`);
    assert.deepEqual(await named('nobody'), [], 'and those that are not kept answer as well');
  });
});

// C-02: whoever keeps a folder comes with the database of an older version
test('a folder of an older version is brought up to date, with what is in it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kassa-older-'));
  const older = join(dataDir, 'migrations');
  await cp(migrationsFolder, older, { recursive: true });
  const journalFile = join(older, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as { readonly entries: readonly object[] };
  await writeFile(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
  await mkdir(join(dataDir, 'database'));
  const client = await PGlite.create({ dataDir: join(dataDir, 'database') });
  await migrate(drizzle(client), { migrationsFolder: older });
  await drizzle(client).insert(settings).values({ name: 'kept', value: 'since then' });
  await client.close();

  const store = await openStore({ dataDir });
  try {
    const [row] = await store.db.select().from(settings).where(eq(settings.name, 'kept'));
    assert.equal(row?.value, 'since then');
    assert.deepEqual(await store.db.select().from(nxosAccounts), []);
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true });
  }
});

describe('what cannot be opened', () => {
  const refusal = (opening: Promise<Store>): Promise<StoreError> =>
    refusalOf(
      opening.then((store) => store.close()),
      (error) => error instanceof StoreError,
    );

  test('a folder that another process holds names that process', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kassa-locked-'));
    const store = await openStore({ dataDir });
    try {
      const error = await refusal(openStore({ dataDir }));
      assert.equal(error.code, 'folder-locked');
      assert.match(error.message, new RegExp(`process ${process.pid}`));
      assert.match(error.hint, /KASSA_DATA_DIR/);
    } finally {
      await store.close();
    }
    await (await openStore({ dataDir })).close();
    await rm(dataDir, { recursive: true });
  });

  test('a lock left by a process that was killed is taken over', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kassa-killed-'));
    const script = `
      const { openStore } = await import(${JSON.stringify(new URL('../../../src/sandbox/store/store.ts', import.meta.url).href)});
      await openStore({ dataDir: ${JSON.stringify(dataDir)} });
      console.log('open');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    await refusal(openStore({ dataDir }));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await (await openStore({ dataDir })).close();
    await rm(dataDir, { recursive: true });
  });

  test('a DATABASE_URL that is none, and one where nobody answers', async () => {
    assert.equal((await refusal(openStore({ databaseUrl: 'mysql://x/y' }))).code, 'database-url');
    assert.equal((await refusal(openStore({ databaseUrl: 'not a url' }))).code, 'database-url');
    const error = await refusal(openStore({ databaseUrl: 'postgres://kassa:secret@127.0.0.1:9/kassa' }));
    assert.equal(error.code, 'database-unreachable');
    assert.match(error.message, /127\.0\.0\.1:9\/kassa/);
    assert.doesNotMatch(error.message + error.hint, /secret/);
  });
});
