/**
 * Random lives of an order: sessions and charges opened at any time, attempts with any end, webhooks late, twice, crossed
 * and mismatched, handlers that fail, and restarts. Whatever happens, what is told is true.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accept, type Acceptor } from '../../../src/server/orders/accept.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { opened, type Order, type OrderEvent, type StatusChange } from '../../../src/server/orders/order.ts';
import { reportOf, standingOf } from '../../../src/server/orders/reading.ts';
import { NOON, said, TERMS } from './events.ts';

/** What really happened to an attempt, at the gateway. */
interface Attempt {
  readonly id: string;
  /** Its words, in the gateway's order. */
  readonly words: readonly string[];
  readonly isWrong: boolean;
}

const attempt = (id: string): fc.Arbitrary<Attempt> =>
  fc.record({
    id: fc.constant(id),
    words: fc.constantFrom(
      ['pending'],
      ['pending', 'rejected'],
      ['pending', 'successful'],
      ['pending', 'on_hold', 'successful'],
      ['pending', 'rejected', 'successful'],
      ['pending', 'successful', 'refunded'],
      ['pending', 'successful', 'chargeback', 'refunded'],
    ),
    isWrong: fc.boolean(),
  });

type Step =
  | { readonly do: 'deliver'; readonly attempt: number; readonly word: number; readonly isFailing: boolean }
  | { readonly do: 'open' }
  | { readonly do: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      attempt: fc.nat({ max: 2 }),
      word: fc.nat({ max: 3 }),
      isFailing: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'open' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

const life = fc.record({
  attempts: fc.tuple(attempt('a'), attempt('b'), attempt('c')),
  steps: fc.array(step, { maxLength: 40 }),
  isKept: fc.boolean(),
});

const WRONG: readonly Partial<OrderEvent>[] = [
  { amount: '0.01' },
  { currency: 'USD' },
  { type: 'withdrawal' },
  { userId: '129' },
];

/** The event, as all deliveries of it are. */
function eventOf({ id, words, isWrong }: Attempt, index: number): OrderEvent | undefined {
  const word = words[index];
  const odd = WRONG[(id.charCodeAt(0) + words.length) % WRONG.length];
  return word === undefined ? undefined : said(word, { transactionId: id, ...(isWrong && odd) });
}

interface Told {
  readonly change: StatusChange;
  readonly by: 'onStatus' | 'onMismatch';
  /** The order was known then, so that there was something to compare with. */
  readonly isCompared: boolean;
}

/** A shop that restarts: a book in a database is kept, one in memory is lost. */
function shop(isKept: boolean) {
  let time = NOON;
  let book = createMemoryBook({ now: () => time });
  /** Of this process. */
  let told: Told[] = [];
  let delivered: OrderEvent[] = [];
  let isOpened = false;
  const acceptor = (isFailing: boolean): Acceptor<undefined> => {
    const take = (by: Told['by']) => (change: StatusChange) => {
      if (isFailing) throw new Error('closed');
      told.push({ change, by, isCompared: isOpened });
    };
    const onMismatch = take('onMismatch');
    return {
      book,
      handlers: { onStatus: take('onStatus'), onMismatch: (change) => onMismatch(change) },
      deadlineMs: 60_000,
      now: () => time,
    };
  };
  return {
    find: () => book.find('order-1'),
    get told() {
      return told;
    },
    get delivered() {
      return delivered;
    },
    async deliver(event: OrderEvent, isFailing: boolean): Promise<void> {
      time += 1_000;
      const answer = await accept(event, acceptor(isFailing)).catch(() => 'failed');
      if (answer !== 'failed') delivered.push(event);
    },
    open: () => {
      time += 1_000;
      return book.change('order-1', (order) => {
        if (standingOf(order, time) !== 'payable') return Promise.resolve({ order, result: undefined });
        isOpened = true;
        const opening = { by: 'token', flow: 'deposit', at: time, until: time + 30 * 60_000 } as const;
        return Promise.resolve({ order: opened(order, 'order-1', TERMS, opening), result: undefined });
      });
    },
    restart() {
      time += 60_000;
      if (isKept) return;
      book = createMemoryBook({ now: () => time });
      told = [];
      delivered = [];
      isOpened = false;
    },
  };
}

const key = ({ transactionId, rawStatus, amount, currency, type, userId }: OrderEvent): string =>
  [transactionId, rawStatus, amount, currency, type, userId].join(' ');

const isOrdered = ({ amount, currency, type, userId }: OrderEvent): boolean =>
  amount === TERMS.amount &&
  currency === TERMS.currency &&
  type === TERMS.direction &&
  userId === TERMS.userId;

/** What must hold of what was told, whatever came. */
function checkTold(told: readonly Told[], delivered: readonly OrderEvent[]): void {
  const keys = told.map(({ change }) => key(change));
  assert.equal(new Set(keys).size, keys.length, 'each change is told once');
  for (const event of delivered) {
    const isNews = event.status === 'succeeded' || event.status === 'unknown';
    assert.ok(!isNews || keys.includes(key(event)), `${key(event)} was told to nobody`);
  }
  const acted = told.filter(({ by }) => by === 'onStatus');
  const paid = acted.filter(({ change }) => change.status === 'succeeded');
  assert.ok(paid.length <= 1, 'goods go out once');
  for (const { change, isCompared } of acted) {
    const mayMoveMoney = change.status === 'succeeded' || change.status === 'pending';
    assert.ok(!isCompared || !mayMoveMoney || isOrdered(change), `${key(change)} was not ordered`);
  }
  const lastly = acted.at(-1)?.change.orderStatus;
  if (paid.length > 0) assert.equal(lastly, 'succeeded', 'a paid order stays paid');
  const [first] = paid;
  if (!first) return;
  const later = acted.slice(acted.indexOf(first) + 1).map(({ change }) => change);
  for (const { transactionId, status } of later.filter(
    (one) => one.transactionId === first.change.transactionId,
  )) {
    assert.equal(status, 'unknown', `${transactionId} is never taken back`);
  }
}

/** What must hold of what a page hears. */
function checkReport(order: Order, told: readonly Told[], delivered: readonly OrderEvent[]): void {
  const written = order.transactions.flatMap(({ transactionId, states }) =>
    states.map((state) => key({ ...state, transactionId, trackingId: order.trackingId })),
  );
  for (const event of delivered) assert.ok(written.includes(key(event)), `${key(event)} is lost`);
  const { status } = reportOf(order);
  const isPaid = told.some(({ by, change }) => by === 'onStatus' && change.status === 'succeeded');
  assert.equal(status === 'succeeded', isPaid, 'paid is what the shop was told, no more and no less');
  if (status !== 'failed') return;
  for (const { transactionId } of order.transactions) {
    const own = delivered.filter((event) => event.transactionId === transactionId);
    const words = own.map(({ rawStatus }) => rawStatus);
    assert.ok(
      words.includes('rejected') && !words.includes('successful'),
      `${transactionId}: ${words.join(', ')}`,
    );
  }
}

test('in any life of an order, what is told is true, complete, and told once', async () => {
  await fc.assert(
    fc.asyncProperty(life, async ({ attempts, steps, isKept }) => {
      const one = shop(isKept);
      let version = 0;
      for (const now of steps) {
        if (now.do === 'open') await one.open();
        else if (now.do === 'restart') one.restart();
        else {
          const event = eventOf(attempts[now.attempt] ?? attempts[0], now.word);
          if (event) await one.deliver(event, now.isFailing);
        }
        checkTold(one.told, one.delivered);
        const order = await one.find();
        if (!order) continue;
        assert.ok(order.version >= version, 'versions rise, over restarts, too');
        ({ version } = order);
        checkReport(order, one.told, one.delivered);
      }
    }),
    { numRuns: 2_000 },
  );
});
