/** What every order book does, wherever it keeps its orders. `make` gives a fresh one, and others that share it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { accept, type Acceptor, decide, type HandlerContext } from '../../src/server/orders/accept.ts';
import type { OrderBook } from '../../src/server/orders/book.ts';
import { opened, type Order, type StatusChange, type Terms } from '../../src/server/orders/order.ts';
import { reportOf } from '../../src/server/orders/reading.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { NOON, said, TERMS } from '../server/orders/events.ts';

export interface MadeBook<Tx> {
  readonly book: OrderBook<Tx>;
  /** The same orders as another instance has them; the same book where there is only one. */
  readonly elsewhere: OrderBook<Tx>;
  close(): Promise<void>;
}

export interface BookTraits {
  /** It has one connection, as PGlite has: while one order is changed, all others wait. */
  readonly isSingle?: true;
}

export function orderBookContract<Tx>(
  make: () => Promise<MadeBook<Tx>>,
  { isSingle }: BookTraits = {},
): void {
  let made: MadeBook<Tx>;
  let changes: StatusChange[];
  let contexts: HandlerContext<Tx>[];
  beforeEach(async () => {
    made = await make();
    changes = [];
    contexts = [];
  });
  afterEach(() => made.close());

  const acceptor = (more: Partial<Acceptor<Tx>> = {}): Acceptor<Tx> => ({
    book: made.book,
    handlers: {
      onStatus: (change, context) => {
        changes.push(change);
        contexts.push(context);
      },
      onMismatch: () => undefined,
    },
    deadlineMs: PATIENCE_MS,
    now: () => NOON,
    ...more,
  });
  const handling = (onStatus: Acceptor<Tx>['handlers']['onStatus']): Acceptor<Tx> =>
    acceptor({ handlers: { onStatus, onMismatch: () => undefined } });

  const open = (book: OrderBook<Tx>, trackingId: string, terms: Terms = TERMS): Promise<Order> =>
    book.change(trackingId, (order) => {
      const opening = { by: 'token', flow: 'deposit', at: NOON, until: NOON + 30 * 60_000 } as const;
      const next = opened(order, trackingId, terms, opening);
      return Promise.resolve({ order: next, result: next });
    });

  describe('keeps an order', () => {
    test('as it was given, wherever it is asked for', async () => {
      assert.equal(await made.book.find('order-1'), undefined);
      const order = await open(made.book, 'order-1', {
        ...TERMS,
        openAmount: { min: '5.00', max: '500.00' },
      });
      assert.deepEqual(await made.book.find('order-1'), order);
      assert.deepEqual(await made.elsewhere.find('order-1'), order);
      assert.equal(await made.elsewhere.find('order-2'), undefined);
    });

    test('with every state of its transactions, and a version that only rises', async () => {
      const versions = [(await open(made.book, 'order-1')).version];
      for (const event of [
        said('pending'),
        said('rejected', { reason: 'No funds' }),
        said('pending', { transactionId: 'b', provider: 'simulator' }),
        said('successful', { transactionId: 'b' }),
        said('refunded', { transactionId: 'b', amount: '3.00' }),
      ]) {
        await accept(event, acceptor());
        versions.push((await made.elsewhere.find('order-1'))?.version ?? 0);
      }
      assert.deepEqual(
        versions,
        [...new Set(versions)].sort((a, b) => a - b),
      );
      const order = await made.elsewhere.find('order-1');
      assert.deepEqual(
        order?.transactions.map(({ states }) => states.map(({ rawStatus }) => rawStatus)),
        [
          ['pending', 'rejected'],
          ['pending', 'successful', 'refunded'],
        ],
      );
      assert.equal(order.transactions[0]?.states[1]?.reason, 'No funds');
      assert.equal(order.transactions[1]?.states[0].provider, 'simulator');
      assert.equal(order.transactions[1].states[2]?.amount, '3.00');
    });

    // Ids of any script that the gateway takes
    for (const trackingId of ['x'.repeat(128), '注文'.repeat(64), "o'; drop--", '..%2F?#', 'é\u0301 🐟']) {
      test(`under the id ${JSON.stringify(trackingId).slice(0, 24)}`, async () => {
        await open(made.book, trackingId);
        await accept(said('successful', { trackingId }), acceptor());
        const order = await made.elsewhere.find(trackingId);
        assert.equal(order?.trackingId, trackingId);
        assert.equal(reportOf(order).status, 'succeeded');
      });
    }

    test('and what was decided about what did not match it', async () => {
      await open(made.book, 'order-1');
      assert.equal(await accept(said('successful', { amount: '0.01' }), acceptor()), 'mismatch');
      const reference = { trackingId: 'order-1', transactionId: 'a' };
      const there = acceptor({ book: made.elsewhere });
      assert.equal(await decide(reference, 'accept', there), true);
      assert.equal(await decide(reference, 'refuse', there), false);
      const order = await made.book.find('order-1');
      assert.deepEqual(order?.transactions[0]?.states[0].mismatch, ['amount']);
      assert.equal(order.transactions[0].states[0].decision, 'accept');
      assert.equal(changes.length, 1);
    });
  });

  describe('changes an order once at a time', () => {
    // G-21, F60
    test('twenty deliveries at once, at two instances, are one change', async () => {
      await open(made.book, 'order-1');
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          accept(said('successful'), acceptor({ book: index % 2 ? made.book : made.elsewhere })),
        ),
      );
      assert.equal(answers.filter((answer) => answer === 'handled').length, 1);
      assert.equal(answers.filter((answer) => answer === 'duplicate').length, 19);
      assert.equal(changes.length, 1);
    });

    test('each gets what the one before it made, and none is lost', async () => {
      const words = Array.from({ length: 12 }, (_, index) => `word-${index}`);
      await Promise.all(
        words.map((word, index) =>
          accept(said(word), acceptor({ book: index % 2 ? made.book : made.elsewhere })),
        ),
      );
      const order = await made.book.find('order-1');
      assert.deepEqual(order?.transactions[0]?.states.map(({ rawStatus }) => rawStatus).sort(), words.sort());
    });

    test('a new order, too, is made by one', async () => {
      const seen: (Order | undefined)[] = [];
      await Promise.all(
        [made.book, made.elsewhere, made.book].map((book) =>
          book.change('order-1', async (order) => {
            seen.push(order);
            await pause(5);
            const opening = { by: 'charge', flow: 'deposit', at: NOON, until: NOON + 1 } as const;
            return { order: order ?? opened(order, 'order-1', TERMS, opening), result: undefined };
          }),
        ),
      );
      assert.equal(seen.filter((order) => order === undefined).length, 1);
      assert.equal((await made.book.find('order-1'))?.openings.length, 1);
    });

    test(`other orders ${isSingle ? 'wait for it, no longer than its handler may take' : 'do not wait for it'}`, async () => {
      let finish = (): void => undefined;
      const slow = accept(
        said('pending'),
        handling(() => new Promise((resolve) => (finish = resolve))),
      );
      const idle = finish;
      await until(() => finish !== idle, 'the handler has begun');
      const other = accept(said('pending', { trackingId: 'order-2' }), acceptor());
      if (!isSingle) assert.equal(await other, 'handled');
      else await pause(50);
      finish();
      assert.deepEqual(await Promise.all([slow, other]), ['handled', 'handled']);
    });
  });

  describe('keeps all of a change, or nothing', () => {
    test('a handler that throws leaves nothing behind, and the next delivery runs it again', async () => {
      const before = await open(made.book, 'order-1');
      const broken = handling(() => Promise.reject(new Error('the warehouse is closed')));
      await assert.rejects(accept(said('successful'), broken), /the warehouse is closed/);
      assert.deepEqual(await made.elsewhere.find('order-1'), before);
      assert.equal(await accept(said('successful'), acceptor()), 'handled');
      assert.equal(changes.length, 1);
    });

    // M7
    test('a handler that never settles is given up at its deadline, and those who wait have their turn', async () => {
      const hanging = { ...handling(() => new Promise<void>(() => undefined)), deadlineMs: 200 };
      const given = assert.rejects(accept(said('successful'), hanging), { code: 'handler-timeout' });
      const waiting = assert.rejects(accept(said('successful'), hanging), { code: 'handler-timeout' });
      assert.equal(await accept(said('successful'), acceptor()), 'handled');
      await Promise.all([given, waiting]);
      assert.equal(changes.length, 1);
    });

    test('whoever waits no longer is not run later', async () => {
      let finish = (): void => undefined;
      const slow = accept(
        said('pending'),
        handling(() => new Promise((resolve) => (finish = resolve))),
      );
      const idle = finish;
      await until(() => finish !== idle, 'the handler has begun');
      const impatient = acceptor({ deadlineMs: 100 });
      await assert.rejects(accept(said('successful'), impatient), { code: 'handler-timeout' });
      finish();
      await slow;
      await pause(20);
      assert.deepEqual(changes, []);
      assert.equal(await accept(said('successful'), acceptor()), 'handled');
    });

    test('the same order given back is nothing to keep, and nobody is told', async () => {
      const before = await open(made.book, 'order-1');
      let told = 0;
      const stop = made.book.subscribe('order-1', () => (told += 1));
      await made.book.change('order-1', (order) => Promise.resolve({ order, result: undefined }));
      await pause(50);
      stop();
      assert.equal(told, 0);
      assert.deepEqual(await made.book.find('order-1'), before);
    });

    test('the handler is told when its time is spent', async () => {
      await accept(said('pending'), acceptor());
      assert.equal(contexts[0]?.signal.aborted, false);
      let signal: AbortSignal | undefined;
      const hanging = handling((_change, context) => {
        ({ signal } = context);
        return new Promise<void>(() => undefined);
      });
      // On a busy machine the time may be spent before the handler begins.
      for (let deadlineMs = 100; !signal && deadlineMs < PATIENCE_MS; deadlineMs *= 2) {
        await assert.rejects(accept(said('successful'), { ...hanging, deadlineMs }));
      }
      assert.equal(signal?.aborted, true);
    });
  });

  describe('tells who listens', () => {
    test('of changes made here and elsewhere, in rising versions, until they leave', async () => {
      const heard: Order[] = [];
      const stop = made.book.subscribe('order-1', (order) => heard.push(order));
      const stopOther = made.book.subscribe('order-2', () => assert.fail('nothing happened to it'));
      await open(made.elsewhere, 'order-1');
      await accept(said('pending'), acceptor());
      await accept(said('successful'), acceptor({ book: made.elsewhere }));
      await until(() => heard.some((order) => reportOf(order).status === 'succeeded'), 'heard of elsewhere');
      const versions = heard.map(({ version }) => version);
      assert.deepEqual(
        versions,
        [...new Set(versions)].sort((a, b) => a - b),
      );
      stop();
      stopOther();
      await accept(said('refunded'), acceptor());
      await pause(50);
      assert.equal(heard.length, versions.length);
    });

    test('only after the change is kept', async () => {
      // What was kept before somebody listened is no news to them: whoever subscribes reads after it.
      let isListening = false;
      const stopFirst = made.elsewhere.subscribe('order-1', () => (isListening = true));
      await until(async () => {
        await open(made.book, 'order-1');
        return isListening;
      }, 'listening');
      const found: (number | undefined)[] = [];
      const stop = made.elsewhere.subscribe('order-1', ({ version }) => {
        void made.elsewhere
          .find('order-1')
          .then((order) => found.push(order && Math.sign(order.version - version)));
      });
      await accept(said('successful'), acceptor());
      await until(() => found.length > 0, 'found');
      stop();
      stopFirst();
      assert.deepEqual(
        found.filter((it) => it === undefined || it < 0),
        [],
      );
    });
  });

  test('lists every order of which something may still become known', async () => {
    for (const trackingId of ['paid', 'waiting', 'checked', 'unpaid', 'declined']) {
      await open(made.book, trackingId);
    }
    await accept(said('successful', { trackingId: 'paid' }), acceptor());
    await accept(said('pending', { trackingId: 'waiting' }), acceptor());
    await accept(said('successful', { trackingId: 'checked', amount: '0.01' }), acceptor());
    await accept(said('rejected', { trackingId: 'declined' }), acceptor());
    const listed = async (now: number): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const { trackingId } of made.elsewhere.unfinished(now)) ids.push(trackingId);
      return ids.sort();
    };
    assert.deepEqual(await listed(NOON), ['checked', 'declined', 'unpaid', 'waiting']);
    // Tokens and webhooks are long dead; money that is on its way is not.
    assert.deepEqual(await listed(NOON + 24 * 60 * 60_000), ['checked', 'waiting']);
  });

  test('runs a task once at a time', async () => {
    let finish = (): void => undefined;
    const idle = finish;
    const first = made.book.exclusively('reconcile', () => new Promise((resolve) => (finish = resolve)));
    await until(() => finish !== idle, 'the handler has begun');
    assert.equal(await made.elsewhere.exclusively('reconcile', () => Promise.resolve()), false);
    assert.equal(await made.elsewhere.exclusively('another', () => Promise.resolve()), true);
    finish();
    assert.equal(await first, true);
    await assert.rejects(
      made.book.exclusively('reconcile', () => Promise.reject(new Error('the gateway is down'))),
      /the gateway is down/,
    );
    assert.equal(await made.elsewhere.exclusively('reconcile', () => Promise.resolve()), true);
  });

  test('can be reached', () => made.book.ping());
}
