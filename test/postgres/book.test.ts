/** The order book in a database: the contract, and what only a database can promise. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBook, migrate, type PostgresBook } from '../../src/postgres/index.ts';
import { accept, type Acceptor } from '../../src/server/orders/accept.ts';
import { orderBookContract } from '../contracts/order-book.ts';
import { until } from '../patience.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { NOON, said } from '../server/orders/events.ts';
import {
  type Opened,
  openNodePostgres,
  openPglite,
  openPostgresJs,
  temporaryFolder,
  writeBy,
} from './databases.ts';

const EMPTY = 'truncate kassa.orders, effects';
const EFFECTS = 'create table if not exists effects (id text, word text)';

async function prepare(opened: Opened): Promise<void> {
  await migrate(opened.client);
  await opened.run(EFFECTS);
  await opened.run(EMPTY);
}

const acceptorOf = (
  book: PostgresBook<object>,
  onStatus: Acceptor<object>['handlers']['onStatus'],
  deadlineMs = 5_000,
): Acceptor<object> => ({
  book,
  handlers: { onStatus, onMismatch: () => undefined },
  deadlineMs,
  now: () => NOON,
});

const closeBoth =
  (...books: readonly PostgresBook<object>[]) =>
  async (): Promise<void> => {
    await Promise.all(books.map((book) => book.close()));
  };

/** What goes out for an order is written by the transaction that records why. */
function effectsAreExact(open: () => Opened): void {
  const effects = async (): Promise<readonly unknown[]> =>
    (await open().run('select word from effects order by word')).map(({ word }) => word);
  const write = (tx: object, id: string, word: string): Promise<void> =>
    writeBy(tx, 'insert into effects (id, word) values ($1, $2)', [id, word]);

  async function withBook(work: (book: PostgresBook<object>) => Promise<void>): Promise<void> {
    await prepare(open());
    const book = createPostgresBook(open().client) as PostgresBook<object>;
    try {
      await work(book);
    } finally {
      await book.close();
    }
  }

  test('what a handler writes by its tx is kept with the change, or not at all', () =>
    withBook(async (book) => {
      let fails = true;
      const acceptor = acceptorOf(book, async ({ trackingId, rawStatus }, { tx }) => {
        await write(tx, trackingId, rawStatus);
        if (fails) throw new Error('the warehouse is closed');
      });
      await assert.rejects(accept(said('successful'), acceptor), /warehouse/);
      assert.deepEqual(await effects(), []);
      fails = false;
      assert.equal(await accept(said('successful'), acceptor), 'handled');
      assert.equal(await accept(said('successful'), acceptor), 'duplicate');
      assert.deepEqual(await effects(), ['successful']);
    }));

  test('what it writes after it was given up reaches nothing', () =>
    withBook(async (book) => {
      let given: object | undefined;
      const hanging = acceptorOf(
        book,
        (_change, { tx }) => {
          given = tx;
          return new Promise(() => undefined);
        },
        100,
      );
      // On a busy machine the time may be up before the handler is called.
      do await assert.rejects(accept(said('successful'), hanging), { code: 'handler-timeout' });
      while (!given);
      const tx = given;
      const isRefused = (): Promise<boolean> =>
        write(tx, 'order-1', 'too late').then(
          () => false,
          (error: unknown) => String(error).includes('This transaction has ended'),
        );
      // Until it is rolled back it takes what is written, and rolls that back too.
      await until(isRefused, 'the transaction has ended');
      await pause(50);
      assert.deepEqual(await effects(), []);
      assert.equal(
        await accept(
          said('successful'),
          acceptorOf(book, () => undefined),
        ),
        'handled',
      );
    }));

  test('a reason with any character in it can be kept', () =>
    withBook(async (book) => {
      const reason = 'No \u0000 funds \ud800 🐟 \\u0000 "\'';
      const event = said('rejected', { reason, trackingId: 'a\u0000b\ud800' });
      assert.equal(
        await accept(
          event,
          acceptorOf(book, () => undefined),
        ),
        'handled',
      );
      const order = await book.find(event.trackingId);
      assert.equal(order?.trackingId, event.trackingId);
      assert.equal(order.transactions[0]?.states[0].reason, reason);
      assert.equal(await book.find('a\u0000b\ud801'), undefined);
    }));
}

describe('the order book in PGlite, in a folder', () => {
  let opened: Opened;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
    opened = await openPglite(folder.path);
  });
  after(async () => {
    await opened.end();
    await folder.remove();
  });

  orderBookContract(
    async () => {
      await prepare(opened);
      const book = createPostgresBook(opened.client) as PostgresBook<object>;
      const elsewhere = createPostgresBook(opened.client) as PostgresBook<object>;
      return {
        book,
        elsewhere,
        close: closeBoth(book, elsewhere),
      };
    },
    { isSingle: true },
  );
  effectsAreExact(() => opened);
});

const database = await createTestDatabase();
if ('missing' in database) {
  test(`the order book in PostgreSQL: NOT TESTED, none can be had (${database.missing})`, { skip: true });
} else {
  describe('the order book in PostgreSQL', () => inPostgres(database));
}

function inPostgres(there: TestDatabase): void {
  after(() => there.drop());
  for (const [name, open] of [
    ['postgres', openPostgresJs],
    ['pg', openNodePostgres],
  ] as const) {
    describe(`by ${name}`, () => {
      let here: Opened;
      let far: Opened;
      before(() => {
        here = open(there.url);
        far = open(there.url);
      });
      after(() => Promise.all([here.end(), far.end()]));

      orderBookContract(async () => {
        await prepare(here);
        const book = createPostgresBook(here.client) as PostgresBook<object>;
        const elsewhere = createPostgresBook(far.client) as PostgresBook<object>;
        return {
          book,
          elsewhere,
          close: closeBoth(book, elsewhere),
        };
      });
      effectsAreExact(() => here);
      connectionsMayBeLost(
        () => here,
        () => far,
      );
    });
  }
}

/** The other connections to this database: the server may be that of other tests too. */
const OTHERS = `pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;

/** A database that is restarted, or a line that breaks: nothing is half kept, and all goes on when it is back. */
function connectionsMayBeLost(here: () => Opened, far: () => Opened): void {
  /** Ends what PostgreSQL has open for statements like this one; answers how many there were. */
  const cut = async (like: string): Promise<number> => {
    const rows = await far().run(`select pg_terminate_backend(pid) from ${OTHERS} and query ilike $1`, [
      like,
    ]);
    return rows.length;
  };

  test('while a handler runs: nothing is kept, and the next delivery is taken', async () => {
    await prepare(here());
    const book = createPostgresBook(here().client) as PostgresBook<object>;
    let ended = 0;
    const isCut = acceptorOf(book, async ({ trackingId }, { tx }) => {
      await writeBy(tx, 'insert into effects (id, word) values ($1, $2)', [trackingId, 'lost']);
      ended += await cut('insert into effects%');
      await pause(50);
    });
    await assert.rejects(accept(said('successful'), isCut));
    // The cut line may be heard of before its cutting is.
    while (ended === 0) await pause(5);
    assert.equal(ended, 1);
    assert.equal((await here().run('select * from effects')).length, 0);
    assert.equal(await book.find('order-1'), undefined);
    assert.equal(
      await accept(
        said('successful'),
        acceptorOf(book, () => undefined),
      ),
      'handled',
    );
    await book.close();
  });

  test('while it writes: the same', async () => {
    await prepare(here());
    const book = createPostgresBook(here().client) as PostgresBook<object>;
    const isCut = acceptorOf(book, async (_change, { tx }) => {
      const writing = writeBy(tx, 'insert into effects select $1, pg_sleep(5)::text', ['lost']);
      await Promise.all([writing, pause(100).then(() => cut('insert into effects select%'))]);
    });
    await assert.rejects(accept(said('successful'), isCut));
    assert.equal(
      await accept(
        said('successful'),
        acceptorOf(book, () => undefined),
      ),
      'handled',
    );
    await book.close();
  });

  test('which heard of the others: streams are told by the table, and soon by the line again', async () => {
    await prepare(here());
    const book = createPostgresBook(here().client, { lookEveryMs: 100 }) as PostgresBook<object>;
    const elsewhere = createPostgresBook(far().client) as PostgresBook<object>;
    const heard: number[] = [];
    book.subscribe('order-1', ({ version }) => {
      heard.push(version);
    });
    const isListening = async (): Promise<boolean> =>
      (await far().run(`select 1 from ${OTHERS} and query ilike 'listen %kassa_orders%'`)).length > 0;
    await until(isListening, 'it listens');
    assert.ok((await cut('listen %kassa_orders%')) > 0);
    await accept(
      said('pending'),
      acceptorOf(elsewhere, () => undefined),
    );
    await until(() => heard.length === 1, 'the first one was heard');
    await until(isListening, 'it listens again');
    await accept(
      said('successful'),
      acceptorOf(elsewhere, () => undefined),
    );
    await until(() => heard.length === 2, 'the second one was heard');
    await Promise.all([book.close(), elsewhere.close()]);
  });

  test('which held a task: the work is not done twice at once for long, and its answer is not lost', async () => {
    const book = createPostgresBook(here().client);
    const ran = book.exclusively('task', async () => {
      assert.ok((await cut('select pg_try_advisory_xact_lock%')) > 0);
      await pause(100);
    });
    assert.equal(await ran, true);
    assert.equal(await book.exclusively('task', () => Promise.resolve()), true);
    await book.close();
  });
}
