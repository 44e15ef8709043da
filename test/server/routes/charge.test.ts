/** Row 12: a card that the shop charges goes through the book. One order, one charge under way. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { card, NOON, order, startTestSandbox } from '../../sandbox/running.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { pathOf, refusalOf, SHOP, type Shop, shopOf, type ShopOptions } from './shop.ts';

let sandbox: RunningSandbox;
let trackingId: string;
let orders = 0;

before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());
beforeEach(() => {
  orders += 1;
  trackingId = `charge-${orders}`;
});

const newShop = (options?: ShopOptions): Shop =>
  shopOf(sandbox, trackingId, { order: () => ({ ...order(trackingId), routingId: 210 }), ...options });
const charge = ({ kassa }: Shop, number = '4242424242424242') =>
  kassa.charge(new Request(`${SHOP}/charge`, { method: 'POST' }), { ...card(number), expYear: '2034' });
const sentBy = ({ asked }: Shop): number => asked.filter((call) => call === 'POST /api/v1/s2s').length;
const DECLINED = '4000000000000002';
const THREE_DS = '4111111111111111';

describe('kassa.charge', () => {
  // G-10
  test('charges what the shop ordered, and gives what element.payment takes', async () => {
    const shop = newShop();
    const { statusUrl, ...rest } = await charge(shop);
    assert.deepEqual(rest, { transaction_status: 'successful', url: '', trackingId });
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    await shop.deliver({});
    assert.deepEqual(
      shop.changes.map(({ status }) => status),
      ['succeeded'],
    );
  });

  test('a double click is one charge, and both get its answer', async () => {
    const shop = newShop();
    const [first, second, third] = await Promise.all([charge(shop), charge(shop), charge(shop, DECLINED)]);
    assert.deepEqual(second, first);
    assert.deepEqual(third, first);
    assert.deepEqual(await charge(shop), first);
    await shop.deliver({});
    assert.deepEqual(await charge(shop), first);
    assert.equal(sentBy(shop), 1);
    assert.deepEqual(shop.errors, []);
  });

  test('a click at another instance gets it, too', async () => {
    const book = createMemoryBook({ now: () => NOON });
    const [here, there] = [newShop({ book }), newShop({ book })];
    const [first, second] = await Promise.all([charge(here, THREE_DS), charge(there, THREE_DS)]);
    assert.deepEqual(second, first);
    assert.match(first.url ?? '', /\/3ds\//);
    assert.equal(sentBy(here) + sentBy(there), 1);
  });

  test('and after a restart the gateway is asked: nothing is charged again', async () => {
    await charge(newShop(), THREE_DS);
    const restarted = newShop();
    const answer = await charge(restarted);
    assert.equal(answer.transaction_status, 'pending');
    assert.equal(sentBy(restarted), 0);
  });

  test('a declined card may be followed by another', async () => {
    const shop = newShop();
    const declined = await charge(shop, DECLINED);
    assert.deepEqual([declined.transaction_status, declined.error], ['rejected', 'Card declined']);
    assert.equal((await shop.report(declined.statusUrl)).status, 'failed');
    const paid = await charge(shop);
    assert.equal(paid.transaction_status, 'successful');
    assert.equal((await shop.report(paid.statusUrl)).status, 'succeeded');
    assert.equal(sentBy(shop), 2);
  });

  // The decline of the first card is heard of while the second waits in 3-D Secure.
  test('the second is not ended by the webhook of the first', async () => {
    const shop = newShop();
    await charge(shop, DECLINED);
    const { statusUrl } = await charge(shop, THREE_DS);
    await shop.deliver({ transaction_id: 'a', status: 'rejected' });
    assert.equal((await shop.report(statusUrl)).status, 'pending');
  });

  test('a card that is none is the caller’s fault: nothing was sent, and another may be', async () => {
    const shop = newShop();
    await assert.rejects(charge(shop, '42'), { code: 'invalid-input', message: /card\.number/ });
    const [refused, retried] = await Promise.allSettled([charge(shop, '42'), charge(shop)]);
    assert.equal(refused.status, 'rejected');
    assert.equal(retried.status, 'fulfilled');
    assert.equal(sentBy(shop), 1);
  });

  test('what the gateway refuses is thrown, with its code, and may be tried again', async () => {
    const shop = newShop();
    await assert.rejects(charge(shop, '4242424242424241'), { system: 'gateway' });
    assert.equal((await charge(shop)).transaction_status, 'successful');
  });
});

// T50: never a second charge
describe('an answer that is lost', () => {
  const losing = (isStatusLost: boolean): { shop: Shop; sent: () => number } => {
    let sent = 0;
    const shop = newShop({
      gatewayOptions: {
        fetch: async (url, init) => {
          const path = pathOf(url);
          if (path.endsWith('/s2s')) {
            sent += 1;
            await fetch(url, init);
            throw new Error('cut');
          }
          if (isStatusLost && sent > 0) throw new Error('cut');
          return fetch(url, init);
        },
      },
    });
    return { shop, sent: () => sent };
  };

  test('is settled by the status', async () => {
    const { shop, sent } = losing(false);
    const { transaction_status, statusUrl } = await charge(shop);
    assert.equal(transaction_status, 'successful');
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    assert.equal(sent(), 1);
  });

  test('and when that does not come either, it is pending, never failed, and never sent again', async () => {
    const { shop, sent } = losing(true);
    const { transaction_status, statusUrl } = await charge(shop);
    assert.equal(transaction_status, 'pending');
    assert.equal(
      (await charge(shop).catch(() => ({ transaction_status: 'pending' }))).transaction_status,
      'pending',
    );
    assert.equal(sent(), 1);
    await shop.deliver({});
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
  });
});

describe('a charge and a cashier share their order', () => {
  test('no token while a charge is under way, nor after it paid', async () => {
    const shop = newShop();
    await charge(shop, THREE_DS);
    assert.equal((await refusalOf(await shop.open())).error.code, 'payment-open');
    assert.ok(!shop.asked.includes('POST /api/v1/cashier'));
  });

  test('no charge of what was paid in the cashier', async () => {
    const shop = newShop();
    await shop.session();
    await shop.deliver({});
    const { transaction_status, statusUrl } = await charge(shop);
    assert.equal(transaction_status, 'successful');
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    assert.equal(sentBy(shop), 0);
  });

  test('no card is charged for a withdrawal, or for nothing', async () => {
    const out = newShop({ order: () => ({ ...order(trackingId), routingId: 210, direction: 'withdrawal' }) });
    await assert.rejects(charge(out), { code: 'direction-refused' });
    await assert.rejects(charge(newShop({ order: () => null })), { code: 'order-refused' });
    const unrouted = newShop({ order: () => order(trackingId) });
    await assert.rejects(charge(unrouted), { code: 'invalid-input', message: /routingId/ });
    assert.deepEqual([sentBy(out), sentBy(unrouted)], [0, 0]);
  });

  // C-05
  test('the book holds no card', async () => {
    const shop = newShop();
    await charge(shop);
    const kept = JSON.stringify(await shop.book.find(trackingId));
    for (const secret of ['4242424242424242', '444"', 'John Doe']) assert.ok(!kept.includes(secret), secret);
  });
});
