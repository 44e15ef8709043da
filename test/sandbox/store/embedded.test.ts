/** The embedded database as it is asked: prepared once, one message for each question, and sound after each refusal. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { messages, type PGliteOptions } from '@electric-sql/pglite';
import { EmbeddedDatabase } from '../../../src/sandbox/store/embedded.ts';
import { MemoryFiles } from '../../../src/sandbox/store/memory-files.ts';
import { readSnapshot } from '../../../src/sandbox/store/snapshot.ts';

/** Counts what is said to the database. */
class Counted extends EmbeddedDatabase {
  exchanges = 0;

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    this.exchanges += 1;
    return super.execProtocolRawSync(message);
  }

  /** Nobody here asks for it. */
  protected override letGoOfLog(): Promise<void> {
    return Promise.resolve();
  }
}

/** In memory, with the files that a sandbox begins with. */
async function open<Database extends EmbeddedDatabase>(
  Kind: new (options: PGliteOptions) => Database,
): Promise<Database> {
  const files = await readSnapshot();
  const opened = new Kind({ ...(files && { fs: new MemoryFiles(files) }) });
  await opened.waitReady;
  return opened;
}

let database: Counted;

before(async () => {
  database = await open(Counted);
  await database.exec('create table things (name text primary key, size bigint, kept boolean, more jsonb)');
});
after(() => database.close());
beforeEach(async () => {
  await database.exec('truncate things');
  database.exchanges = 0;
});

const INSERT = 'insert into things values ($1, $2, $3, $4) returning *';
const FIND = 'select name from things where name = $1';

const exchangesOf = async (act: () => Promise<unknown>): Promise<number> => {
  const before = database.exchanges;
  await act().catch(() => undefined);
  return database.exchanges - before;
};

const refusalOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => assert.fail('it was taken'),
    (error: unknown) => error,
  );

test('a question that was asked before is one exchange', async () => {
  const ask = () => database.query('select name, size from things where size > $1', [5]);
  assert.equal(await exchangesOf(ask), 2);
  for (let time = 0; time < 10; time += 1) assert.equal(await exchangesOf(ask), 1);
});

test('so it is in a transaction, which is two more', async () => {
  await database.query(FIND, ['a']);
  const asked = await exchangesOf(() =>
    database.transaction(async (tx) => {
      for (let time = 0; time < 10; time += 1) await tx.query(FIND, ['a']);
    }),
  );
  // Begin and commit are PGlite's own, and it ends each with a word more.
  assert.equal(asked, 10 + 4);
});

test('values come back as they were given', async () => {
  for (const size of [0n, -1n, 9_223_372_036_854_775_807n, null]) {
    const more = { text: 'ä✓ "quoted"', list: [1, null, { deep: true }] };
    const { rows, affectedRows } = await database.query(INSERT, [`of ${size}`, size, size === 0n, more]);
    assert.equal(affectedRows, 1);
    const [row] = rows as readonly { readonly size: bigint | number | null }[];
    assert.deepEqual(
      { ...row, size: undefined },
      { name: `of ${size}`, size: undefined, kept: size === 0n, more },
    );
    assert.equal(String(row?.size), String(size));
  }
  const { rows } = await database.query('select name, size from things where size is null', [], {
    rowMode: 'array',
  });
  assert.deepEqual(rows, [['of null', null]]);
});

test('a refusal says which rule, holds no value, and the next question is answered', async () => {
  await database.query(INSERT, ['secret-name', 1n, true, {}]);
  const refused = await refusalOf(database.query(INSERT, ['secret-name', 1n, true, {}]));
  assert(refused instanceof messages.DatabaseError);
  assert.deepEqual([refused.code, refused.constraint], ['23505', 'things_pkey']);
  assert.doesNotMatch(String(refused.stack), /secret-name/);
  assert.equal((await database.query(FIND, ['secret-name'])).rows.length, 1);

  const unread = await refusalOf(database.query('select nothing from nowhere'));
  assert(unread instanceof messages.DatabaseError);
  assert.equal(unread.code, '42P01');
  assert.equal((await database.query(FIND, ['secret-name'])).rows.length, 1);
});

// PGlite 0.5.8 left a kilobyte of its stack to each refusal, and from the two thousandth on could do nothing any more.
test('the ten thousandth refusal costs what the first one did', async () => {
  await database.query(INSERT, ['taken', 1n, true, {}]);
  const refusals = [
    { ask: () => database.query(INSERT, ['taken', 1n, true, {}]), code: '23505' },
    { ask: () => database.query('select $1::bigint / 0', [1n]), code: '22012' },
    { ask: () => database.query('select nothing from nowhere'), code: '42P01' },
    {
      ask: () => database.exec(`do $$ begin raise exception using errcode = 'KS001'; end $$`),
      code: 'KS001',
    },
  ];
  for (let time = 0; time < 2_500; time += 1) {
    for (const { ask, code } of refusals) {
      const refused = await refusalOf(ask());
      assert(refused instanceof messages.DatabaseError);
      assert.equal(refused.code, code, `refusal ${time}`);
    }
  }
  assert.equal((await database.query(FIND, ['taken'])).rows.length, 1);
});

test('a refused transaction leaves nothing behind, and the next one works', async () => {
  await refusalOf(
    database.transaction(async (tx) => {
      await tx.query(INSERT, ['half', 1n, true, {}]);
      await tx.query(INSERT, ['half', 1n, true, {}]);
    }),
  );
  assert.deepEqual((await database.query(FIND, ['half'])).rows, []);
  await database.transaction((tx) => tx.query(INSERT, ['half', 1n, true, {}]));
  assert.equal((await database.query(FIND, ['half'])).rows.length, 1);
});

test('nothing comes between the questions of a transaction', async () => {
  const [inside] = await Promise.all([
    database.transaction(async (tx) => {
      await tx.query(INSERT, ['mine', 1n, true, {}]);
      await new Promise(setImmediate);
      return (await tx.query('select name from things')).rows;
    }),
    database.query(INSERT, ['theirs', 1n, true, {}]),
  ]);
  assert.deepEqual(inside, [{ name: 'mine' }]);
});

const prepared = async (): Promise<number> => {
  const [{ results }] = (
    await database.exec('select count(*)::int as results from pg_prepared_statements')
  ).flatMap(({ rows }) => rows as { results: number }[]) as [{ results: number }];
  return results;
};

test('however many different questions are asked, few are kept', async () => {
  for (let asked = 0; asked < 500; asked += 1) await database.query(`select ${asked} as answer`);
  assert.equal(await prepared(), 200);
  assert.deepEqual((await database.query('select 3 as answer')).rows, [{ answer: 3 }]);
  assert.equal(await prepared(), 200);
});

// A plan made while a table was empty reads the whole of it when it is full.
test('what is asked again and again is planned anew from time to time', async () => {
  let anew = 0;
  for (let time = 0; time < 2_500; time += 1) {
    if ((await exchangesOf(() => database.query('select size from things where size = $1', [time]))) > 1)
      anew += 1;
  }
  assert.equal(anew, 3);
});

// Nobody but a checkpoint lets go of the log, and nobody but us asks for one.
test('its log is let go, whatever is written', async (t) => {
  const busy = await open(EmbeddedDatabase);
  t.after(() => busy.close());
  await busy.query('create table things (name text)');
  const write = `insert into things select repeat('x', 100) from generate_series(1, 100)`;
  for (let time = 0; time < 6_000; time += 1) await busy.query(write);
  const kept = await busy.query(
    'select (select sum(size) from pg_ls_waldir())::int as log, count(*)::int from things',
  );
  const [{ log, count }] = kept.rows as [{ log: number; count: number }];
  assert.equal(count, 600_000);
  assert.ok(log < 32 * 1_048_576, `${log} bytes`);
});

test('no answer is kept once it was given', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1_048_576;
  };
  const ask = () => database.query("select repeat('x', 100000) as text");
  await ask();
  const before = used();
  for (let time = 0; time < 1_000; time += 1) await ask();
  const more = used() - before;
  assert.ok(more < 20, `${Math.round(more)} MiB more after answers of 95`);
});
