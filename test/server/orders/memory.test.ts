/** The order book of one process: the contract, and what it may forget. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accept } from '../../../src/server/orders/accept.ts';
import type { OrderBook } from '../../../src/server/orders/book.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { opened } from '../../../src/server/orders/order.ts';
import { orderBookContract } from '../../contracts/order-book.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { NOON, said, TERMS } from './events.ts';

describe('the order book in memory', () => {
  orderBookContract(() => {
    const book = createMemoryBook({ now: () => NOON });
    return Promise.resolve({ book, elsewhere: book, close: () => Promise.resolve() });
  });
});

describe('what the book in memory forgets', () => {
  let time: number;
  const bookOf = (maxOrders: number): OrderBook => {
    time = NOON;
    return createMemoryBook({ maxOrders, now: () => time });
  };
  const open = (book: OrderBook, trackingId: string): Promise<void> =>
    book.change(trackingId, (order) => {
      const opening = { by: 'token', flow: 'deposit', at: time, until: time + 30 * 60_000 } as const;
      return Promise.resolve({ order: opened(order, trackingId, TERMS, opening), result: undefined });
    });
  const tell = (book: OrderBook, trackingId: string, word: string) =>
    accept(said(word, { trackingId }), {
      book,
      handlers: { onStatus: () => undefined, onMismatch: () => undefined },
      deadlineMs: PATIENCE_MS,
      now: () => time,
    });

  // Row 6 of the issue: 10,000 newer orders
  test('is finished, and the longest unchanged', async () => {
    const book = bookOf(3);
    for (const trackingId of ['waiting', 'paid-1', 'paid-2']) await open(book, trackingId);
    await tell(book, 'waiting', 'pending');
    await tell(book, 'paid-2', 'successful');
    await tell(book, 'paid-1', 'successful');
    await open(book, 'new');
    assert.equal(await book.find('paid-2'), undefined);
    for (const trackingId of ['waiting', 'paid-1', 'new']) assert.ok(await book.find(trackingId));
  });

  test('is never an order that is open: a new one is refused instead, until there is room', async () => {
    const book = bookOf(2);
    await open(book, 'unpaid-1');
    await open(book, 'unpaid-2');
    await assert.rejects(open(book, 'new'), { code: 'book-full' });
    await tell(book, 'unpaid-1', 'pending');
    assert.ok(await book.find('unpaid-2'));
    time += 3 * 60 * 60_000;
    await open(book, 'new');
    assert.equal(await book.find('unpaid-2'), undefined);
    assert.ok(await book.find('unpaid-1'), 'its money is on its way');
  });
});
