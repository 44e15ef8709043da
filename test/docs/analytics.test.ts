/** The data layer of the page on analytics, with a real payment: what it passes on holds nothing of anybody's. */
import { assert } from '@open-wc/testing';
import { type Entry, tellOf } from '../../docs/snippets/data-layer.ts';
import { clear, mount, next, order, sessionWith, statusUrl } from '../element/fixture.ts';

const ID = 'an-order-of-ada';
const entries: Entry[] = [];

before(async () => {
  tellOf(document, (entry) => entries.push(entry));
  const cashier = await mount(sessionWith('good', { trackingId: ID, statusUrl: statusUrl('sleeps', ID) }));
  await next(cashier, 'kassa-ready');
  const ended = next(cashier, 'kassa-outcome');
  order(cashier, { say: ['status', { status: 'pending', transactionId: ID, reason: 'Ada Lovelace' }] });
  await next(cashier, 'kassa-status');
  await fetch(statusUrl('wake', ID));
  await ended;
});
after(clear);

it('tells of a payment in words from closed lists', () => {
  assert.deepEqual(entries, [
    { event: 'kassa-ready' },
    { event: 'kassa-status', status: 'pending', verified: false },
    { event: 'kassa-status', status: 'succeeded', verified: true },
    { event: 'kassa-outcome', kind: 'succeeded', verified: true },
  ]);
});

it('passes on no id, address or text', () => {
  const told = JSON.stringify(entries);
  for (const secret of [ID, 'Ada', 'token', 'http']) assert.notInclude(told, secret);
});
