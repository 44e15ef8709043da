/** The shop's money: every webhook is held against the order. Each test is a row of a table of attacks and bad luck. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { gatewayOf, NOON, order, payByCard, shopperOf, startTestSandbox } from '../../sandbox/running.ts';
import { acceptanceOf, pathOf, refusalOf, SHOP, type Shop, shopOf, type ShopOptions } from './shop.ts';

let sandbox: RunningSandbox;
let trackingId: string;
let orders = 0;

before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());
beforeEach(() => {
  orders += 1;
  trackingId = `order-${orders}`;
});

const newShop = (options?: ShopOptions): Shop => shopOf(sandbox, trackingId, options);
const GOOD = '4242424242424242';
const DECLINED = '4000000000000002';
const THREE_DS = '4111111111111111';

/** Pays in the hosted page; the webhook of it reaches nobody. */
async function pay(token: string, card = GOOD, amount?: string): Promise<void> {
  await shopperOf(sandbox, token).pay(payByCard(card, amount));
  await sandbox.advance(1_000);
}
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

// Row 1, M1, T56
describe('a success that is not what was ordered', () => {
  for (const [what, odd, words] of [
    ['a cent', { amount: '0.01' }, /amount differs/],
    ['too much', { amount: '10.06' }, /amount differs/],
    ['another currency', { currency: 'HUF' }, /currency differs/],
    ['money that went out', { transaction_type: 'withdrawal' }, /goes another way/],
    ['what was never sold', { transaction_type: 'chargeback' }, /goes another way/],
    ['another user’s', { user_id: '129' }, /another user/],
  ] as const) {
    test(`${what}: it is told, it does not count, and the page hears that it is being checked`, async () => {
      const shop = newShop();
      const { statusUrl } = await shop.session();
      assert.equal(await acceptanceOf(await shop.deliver(odd)), 'mismatch');
      assert.deepEqual(shop.changes, []);
      assert.match(messageOf(shop.errors[0]), words);
      const report = await shop.report(statusUrl);
      assert.deepEqual([report.status, report.rawStatus], ['pending', 'checking']);
      const { status, error, payment } = await refusalOf(await shop.open());
      assert.deepEqual([status, error.code, payment?.transaction_status], [409, 'payment-open', 'checking']);
      // Delivered again, it is no news.
      assert.equal(await acceptanceOf(await shop.deliver(odd)), 'duplicate');
      assert.equal(shop.errors.length, 1);
    });
  }

  test('counts when onMismatch says so, and onStatus hears in what it differs', async () => {
    const shop = newShop({
      onMismatch: (change, known) =>
        change.amount === '10.00' && known?.terms?.amount === '10.05' ? 'accept' : undefined,
    });
    const { statusUrl } = await shop.session();
    assert.equal(await acceptanceOf(await shop.deliver({ amount: '10.00' })), 'handled');
    assert.deepEqual(
      shop.changes.map(({ status, orderStatus, mismatch }) => [status, orderStatus, mismatch]),
      [['succeeded', 'succeeded', ['amount']]],
    );
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    assert.deepEqual(shop.errors, []);
  });

  for (const [decision, status, session] of [
    ['accept', 'succeeded', 409],
    ['refuse', 'failed', 200],
  ] as const) {
    test(`may be decided later: ${decision}`, async () => {
      const shop = newShop();
      const { statusUrl } = await shop.session();
      await shop.deliver({ amount: '0.01' });
      const transaction = { trackingId, transactionId: 'a' };
      assert.equal(await shop.kassa.decide(transaction, decision), true);
      assert.equal(await shop.kassa.decide(transaction, decision), false);
      assert.equal(shop.changes.length, decision === 'accept' ? 1 : 0);
      assert.equal((await shop.report(statusUrl)).status, status);
      assert.equal((await shop.open()).status, session);
    });
  }

  test('an onMismatch that throws leaves nothing behind', async () => {
    let isBroken = true;
    const shop = newShop({
      onMismatch: () => {
        if (isBroken) throw new Error('the desk is closed');
      },
    });
    await shop.session();
    assert.equal((await shop.deliver({ amount: '0.01' })).status, 500);
    isBroken = false;
    assert.equal(await acceptanceOf(await shop.deliver({ amount: '0.01' })), 'mismatch');
  });

  test('a gateway that says no more than "successful" is asked what was paid', async () => {
    const shop = newShop({ order: () => ({ ...order(trackingId), openAmount: { min: '5', max: '500' } }) });
    const { statusUrl, token } = await shop.session();
    // The same shopper, the same id: another token, for less than was ordered.
    const { token: cheap } = await gatewayOf(sandbox).mintCashier({ ...order(trackingId), amount: '1.00' });
    await pay(cheap, GOOD, '1.00');
    assert.deepEqual((await shop.report(statusUrl)).rawStatus, 'checking');
    assert.notEqual(token, cheap);
  });
});

describe('an open amount', () => {
  const openOrder = () => ({ ...order(trackingId), openAmount: { min: '5.00', max: '500.00' } });

  test('is what the shopper chose, and the change says what that was', async () => {
    const shop = newShop({ order: openOrder });
    const { token, statusUrl } = await shop.session();
    await pay(token, GOOD, '77.70');
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    await shop.deliver({ amount: '77.70' });
    assert.equal(shop.changes[0]?.amount, '77.70');
  });

  test('outside of what was allowed is a mismatch', async () => {
    const shop = newShop({ order: openOrder });
    await shop.session();
    for (const amount of ['4.99', '500.01', '0']) {
      assert.equal(await acceptanceOf(await shop.deliver({ amount })), 'mismatch');
    }
  });

  test('is not to be had otherwise: the gateway holds the shopper to the amount', async () => {
    const shop = newShop();
    const { token } = await shop.session();
    const response = await shopperOf(sandbox, token).pay(payByCard(GOOD, '0.01'));
    assert.equal(response.ok, false);
  });

  for (const [what, odd] of [
    ['no ends', { amountRestricted: false }],
    ['a contradiction', { amountRestricted: true, openAmount: { min: '1', max: '2' } }],
    ['ends the wrong way round', { openAmount: { min: '2', max: '1' } }],
    ['an end at nothing', { openAmount: { min: '0', max: '1' } }],
    ['an end that is none', { openAmount: { min: '1', max: 'much' } }],
  ] as const) {
    test(`with ${what} is the shop’s fault, told to it, and nothing is minted`, async () => {
      const shop = newShop({ order: () => ({ ...order(trackingId), ...odd }) });
      assert.equal((await shop.open()).status, 500);
      assert.match(messageOf(shop.errors[0]), /openAmount|amountRestricted/);
      assert.deepEqual(shop.asked, []);
    });
  }
});

// Row 2, M2
describe('the direction of the money is the shop’s', () => {
  test('a page that asks for a withdrawal of a cart is refused, and the shop is told', async () => {
    const shop = newShop();
    const { status, error } = await refusalOf(await shop.open({ flow: 'withdrawal' }));
    assert.deepEqual([status, error.code], [403, 'direction-refused']);
    assert.match(messageOf(shop.errors[0]), /asked for a withdrawal/);
    assert.equal(shop.errors.length, 1);
    assert.deepEqual(shop.asked, []);
  });

  test('a withdrawal is one, and no deposit or direct payment', async () => {
    const shop = newShop({
      order: () => ({ ...order(trackingId), direction: 'withdrawal', providerId: 210 }),
    });
    for (const flow of ['deposit', 'direct']) assert.equal((await shop.open({ flow })).status, 403);
    await shop.session({ flow: 'withdrawal' });
    // Approved and paid out: that is what was ordered. A deposit under its id is not.
    assert.equal(await acceptanceOf(await shop.deliver({ transaction_type: 'deposit' })), 'mismatch');
    assert.equal(await acceptanceOf(await shop.deliver({ transaction_type: 'withdrawal' })), 'handled');
  });

  test('a page that the backend renders is refused alike', async () => {
    const shop = newShop();
    const rendered = shop.kassa.session(new Request(`${SHOP}/checkout`), { flow: 'withdrawal' });
    await assert.rejects(rendered, { code: 'direction-refused' });
  });
});

// Row 4, M4
describe('an order has failed only when none of its transactions is pending', () => {
  test('A is declined, B waits in 3-D Secure, A’s webhook comes late', async () => {
    const shop = newShop();
    const { statusUrl } = await shop.session();
    await shop.deliver({ transaction_id: 'a', status: 'pending' });
    await shop.deliver({ transaction_id: 'b', status: 'pending' });
    await shop.deliver({ transaction_id: 'a', status: 'rejected' });
    assert.equal((await shop.report(statusUrl)).status, 'pending');
    assert.equal((await refusalOf(await shop.open())).error.code, 'payment-open');
    await shop.deliver({ transaction_id: 'b' });
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
  });

  test('B is known to the gateway alone', async () => {
    const shop = newShop();
    const { statusUrl, token } = await shop.session();
    await pay(token, THREE_DS);
    await shop.deliver({ transaction_id: 'a', status: 'rejected' });
    assert.equal((await shop.report(statusUrl)).status, 'pending');
    assert.equal((await refusalOf(await shop.open())).error.code, 'payment-open');
  });

  test('and when all have, it is told, and may be tried again', async () => {
    const shop = newShop();
    const { statusUrl } = await shop.session();
    await shop.deliver({ status: 'rejected', rejected_reason: 'No funds' });
    const { status, reason } = await shop.report(statusUrl);
    assert.deepEqual([status, reason], ['failed', 'No funds']);
    assert.equal((await shop.open()).status, 200);
  });
});

// Row 5, M5
describe('money wins', () => {
  test('a success after the same transaction was rejected: told as late, and paid', async () => {
    const shop = newShop();
    const { statusUrl } = await shop.session();
    await shop.deliver({ status: 'rejected' });
    assert.equal(await acceptanceOf(await shop.deliver({ status: 'successful' })), 'handled');
    assert.deepEqual(
      shop.changes.map(({ status, previous, late }) => [status, previous, late]),
      [
        ['failed', undefined, undefined],
        ['succeeded', 'failed', true],
      ],
    );
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    assert.equal((await refusalOf(await shop.open())).error.code, 'already-paid');
  });

  test('a success that is taken back stays, and the shop is told', async () => {
    const shop = newShop();
    const { statusUrl } = await shop.session();
    await shop.deliver({ status: 'successful' });
    assert.equal(await acceptanceOf(await shop.deliver({ status: 'rejected' })), 'mismatch');
    assert.match(messageOf(shop.errors[0]), /reported as successful before/);
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    assert.equal(shop.changes.length, 1);
  });

  test('a second payment of one order is told, and goods go out once', async () => {
    const shop = newShop();
    await shop.session();
    await shop.deliver({ transaction_id: 'a' });
    assert.equal(await acceptanceOf(await shop.deliver({ transaction_id: 'b' })), 'mismatch');
    assert.match(messageOf(shop.errors[0]), /paid before, by another transaction/);
    assert.equal(shop.changes.length, 1);
  });

  for (const word of ['refunded', 'chargeback', 'partially_refunded', 'constructor']) {
    test(`a word that the book does not know reaches onStatus, also after an end: ${word}`, async () => {
      const shop = newShop();
      const { statusUrl } = await shop.session();
      await shop.deliver({ status: 'successful' });
      assert.equal(await acceptanceOf(await shop.deliver({ status: word, amount: '3.00' })), 'handled');
      const { rawStatus, status, previous } = shop.changes[1] ?? assert.fail();
      assert.deepEqual([rawStatus, status, previous], [word, 'unknown', 'succeeded']);
      assert.equal((await shop.report(statusUrl)).status, 'succeeded');
    });
  }
});

// Row 6, M6
describe('a restart, or another instance', () => {
  for (const [card, code] of [
    [GOOD, 'already-paid'],
    [THREE_DS, 'payment-open'],
  ] as const) {
    test(`that never heard of the order mints nothing for it: ${code}`, async () => {
      await pay((await newShop().session()).token, card);
      const restarted = newShop();
      const { status, error, payment } = await refusalOf(await restarted.open());
      assert.deepEqual([status, error.code], [409, code]);
      assert.ok(!restarted.asked.includes('POST /api/v1/cashier'));
      // The page follows what it was told to, under an address that the new process knows.
      const report = await restarted.report(payment?.statusUrl);
      assert.equal(report.status, card === GOOD ? 'succeeded' : 'pending');
      assert.deepEqual(restarted.errors, []);
    });
  }

  test('knows the addresses that the one before gave out', async () => {
    const { statusUrl, returnUrl, token } = await newShop().session();
    await pay(token);
    const restarted = newShop();
    assert.equal((await restarted.report(statusUrl)).status, 'succeeded');
    assert.equal((await restarted.kassa.fetch(new Request(String(returnUrl)))).status, 200);
  });

  test('takes a webhook of an order that it never opened: the shop hears of the money', async () => {
    const restarted = newShop();
    assert.equal(await acceptanceOf(await restarted.deliver({})), 'handled');
    assert.equal(restarted.changes[0]?.status, 'succeeded');
  });

  test('a gateway that calls the id a duplicate means the same', async () => {
    await pay((await newShop().session()).token);
    // The question finds nothing, as at a gateway that is slow to know what it did.
    await fetch(`${sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify({ match: '/status', fault: '1039' }),
    });
    const restarted = newShop();
    const { status, error, payment } = await refusalOf(await restarted.open());
    assert.deepEqual([status, error.code], [409, 'already-paid']);
    assert.equal(payment?.transaction_status, 'successful');
  });

  test('costs the gateway one question for each id that the shop brings, and none for one made here', async () => {
    const shop = newShop();
    await shop.session();
    assert.deepEqual(shop.asked, [`GET /api/v1/transactions/${trackingId}/status`, 'POST /api/v1/cashier']);
    const { trackingId: _, ...nameless } = order(trackingId);
    const other = newShop({ order: () => nameless });
    await other.session();
    assert.deepEqual(other.asked, ['POST /api/v1/cashier']);
  });

  test('opens nothing while the gateway cannot be asked', async () => {
    const shop = newShop({
      gatewayOptions: {
        fetch: (url, init) =>
          pathOf(url).endsWith('/status') ? Promise.reject(new Error('cut')) : fetch(url, init),
      },
    });
    assert.deepEqual((await refusalOf(await shop.open())).error.code, 'gateway-unavailable');
    assert.ok(!shop.asked.includes('POST /api/v1/cashier'));
    assert.equal(shop.errors.length, 1);
  });
});

// Row 7
describe('a session after a decline that this process has not seen', () => {
  async function declinedBefore(): Promise<string> {
    await pay((await newShop().session()).token, DECLINED);
    const [row] = await gatewayOf(sandbox)
      .listTransactions({ from: '2026-11-21', to: '2026-11-21' })
      .then((rows) => rows.filter((one) => one.trackingId === trackingId));
    return row?.transactionId ?? assert.fail();
  }

  test('is not ended by it, nor by its webhook, and hears of its own', async () => {
    const declined = await declinedBefore();
    let time = NOON;
    const restarted = newShop({ now: () => time });
    const { statusUrl, token } = await restarted.session();
    assert.equal((await restarted.report(statusUrl)).status, 'pending');
    await restarted.deliver({ transaction_id: declined, status: 'pending' });
    await restarted.deliver({ transaction_id: declined, status: 'rejected' });
    assert.equal((await restarted.report(statusUrl)).status, 'pending');
    await pay(token);
    time += 5_000;
    assert.equal((await restarted.report(statusUrl)).status, 'succeeded');
  });

  test('hears of its own decline', async () => {
    await declinedBefore();
    const restarted = newShop();
    const { statusUrl, token } = await restarted.session();
    await pay(token, DECLINED);
    await restarted.deliver({ transaction_id: 'b', status: 'pending' });
    await restarted.deliver({ transaction_id: 'b', status: 'rejected' });
    assert.equal((await restarted.report(statusUrl)).status, 'failed');
  });

  test('can be had although the book still waits for the lost webhook of the decline', async () => {
    const declined = await declinedBefore();
    const shop = newShop();
    await shop.deliver({ transaction_id: declined, status: 'pending' });
    const { statusUrl, token } = await shop.session();
    assert.equal((await shop.report(statusUrl)).status, 'pending');
    await pay(token);
    await shop.deliver({ transaction_id: 'b' });
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
  });
});
