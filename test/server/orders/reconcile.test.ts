/** What webhooks missed is taken from the gateway's list, in front of a real sandbox that nobody takes webhooks from. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import type { Gateway } from '../../../src/server/gateway/operations.ts';
import type { DateRange } from '../../../src/wire/gateway/orders.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import type { StatusChange } from '../../../src/server/orders/order.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { createKassa, type Kassa } from '../../../src/server/routes/kassa.ts';
import {
  gatewayOf,
  NOON,
  order,
  PASSWORD,
  payByCard,
  shopperOf,
  startTestSandbox,
} from '../../sandbox/running.ts';

const SHOP = 'https://shop.example';

describe('reconcile', () => {
  let sandbox: RunningSandbox;
  let gateway: Gateway;
  let ranges: (DateRange | undefined)[];
  let changes: StatusChange[];
  let errors: unknown[];
  let failing: Error | undefined;
  let isDown = false;
  let kassa: Kassa;
  let orders = 0;
  let trackingId: string;

  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.close());
  beforeEach(async () => {
    // The list of a test is its own.
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
    orders += 1;
    trackingId = `order-${orders}`;
    [ranges, changes, errors, failing] = [[], [], [], undefined];
    const real = gatewayOf(sandbox);
    gateway = {
      ...real,
      listTransactions: (range) => {
        ranges.push(range);
        if (isDown) return Promise.reject(new Error('the gateway is down'));
        return real.listTransactions(range);
      },
    };
    kassa = createKassa({
      gateway,
      book: createMemoryBook({ now: () => NOON }),
      order: () => order(trackingId),
      onStatus: (change) => {
        if (failing) throw failing;
        changes.push(change);
      },
      onError: (error) => errors.push(error),
      now: () => NOON,
    });
  });

  const pay = async (number = '4242424242424242', amount?: string): Promise<void> => {
    const { token } = await kassa.session(new Request(`${SHOP}/checkout`));
    await shopperOf(sandbox, token).pay(payByCard(number, amount));
    // The bank takes a few seconds.
    await sandbox.advance(60_000);
    ranges.length = 0;
  };

  test('takes a payment whose webhook never came, once', async () => {
    await pay();
    const report = await kassa.reconcile();
    assert.deepEqual(
      changes.map(({ rawStatus, amount, userId }) => [rawStatus, amount, userId]),
      [['successful', '10.05', '128']],
    );
    const [{ transactionId } = { transactionId: '' }] = changes;
    assert.deepEqual(report, {
      ran: true,
      from: '2026-11-20',
      to: '2026-11-21',
      listed: 1,
      changes: [{ trackingId, transactionId, rawStatus: 'successful', acceptance: 'handled' }],
      failures: 0,
    });
    assert.deepEqual((await kassa.reconcile()).changes, []);
    assert.equal(changes.length, 1);
    assert.deepEqual(errors, []);
  });

  test('and the webhook that comes after all is no second change', async () => {
    await pay('4000000000000002');
    await kassa.reconcile();
    assert.deepEqual(
      changes.map(({ status }) => status),
      ['failed'],
    );
    const [{ transactionId } = { transactionId: '' }] = changes;
    const body = JSON.stringify({
      transaction_id: transactionId,
      tracking_id: trackingId,
      user_id: '128',
      status: 'rejected',
      currency: 'EUR',
      amount: '10.05',
      transaction_type: 'deposit',
      rejected_reason: 'No funds',
    });
    const headers = { 'x-signature': await signWebhook(body, PASSWORD) };
    const answer = await kassa.fetch(new Request(`${SHOP}/kassa/webhook`, { method: 'POST', body, headers }));
    assert.deepEqual(await answer.json(), { received: true, acceptance: 'duplicate' });
  });

  // Row 1 of the issue: what was ordered decides here too
  test('holds what the list says against what was ordered', async () => {
    await pay();
    const rows = await gateway.listTransactions({ from: '2026-11-21', to: '2026-11-21' });
    const odd: Gateway = {
      ...gateway,
      listTransactions: () =>
        Promise.resolve(rows.map((row) => ({ ...row, trackingId: 'other', amount: '0.01' }))),
    };
    const book = createMemoryBook({ now: () => NOON });
    const mismatches: StatusChange[] = [];
    const shop = createKassa({
      gateway: odd,
      book,
      order: () => order('other'),
      onStatus: (change) => void changes.push(change),
      onMismatch: (change) => void mismatches.push(change),
      now: () => NOON,
    });
    await shop.session(new Request(`${SHOP}/checkout`));
    const report = await shop.reconcile();
    assert.deepEqual(
      report.changes.map(({ acceptance }) => acceptance),
      ['mismatch'],
    );
    assert.deepEqual(mismatches[0]?.mismatch, ['amount']);
    assert.deepEqual(changes, []);
  });

  test('tells of a handler that fails, goes on, and tries it again the next time', async () => {
    await pay();
    failing = new Error('the warehouse is closed');
    const report = await kassa.reconcile();
    assert.equal(report.failures, 1);
    assert.deepEqual(errors, [failing]);
    failing = undefined;
    assert.equal((await kassa.reconcile()).changes.length, 1);
  });

  // G-16, A-8
  test('asks for a long time in windows, each a week at most', async () => {
    await pay();
    assert.equal((await kassa.reconcile({ since: '2026-11-01' })).listed, 1);
    assert.deepEqual(ranges, [
      { from: '2026-11-01', to: '2026-11-07' },
      { from: '2026-11-08', to: '2026-11-14' },
      { from: '2026-11-15', to: '2026-11-21' },
    ]);
  });

  test('is done by one at a time, and a second does nothing', async () => {
    await pay();
    const reports = await Promise.all([kassa.reconcile(), kassa.reconcile()]);
    assert.deepEqual(
      reports.map(({ ran, changes: { length } }) => [ran, length]),
      [
        [true, 1],
        [false, 0],
      ],
    );
  });

  test('refuses a time that is none, and one that lies ahead', async () => {
    for (const since of ['yesterday', new Date(Number.NaN), '2026-11-23']) {
      await assert.rejects(kassa.reconcile({ since }), { name: 'InputError' });
    }
    assert.deepEqual(ranges, []);
  });

  test('rejects when the gateway gives no list, and lets the next one try', async () => {
    await pay();
    isDown = true;
    await assert.rejects(kassa.reconcile(), /the gateway is down/);
    isDown = false;
    assert.equal((await kassa.reconcile()).changes.length, 1);
  });

  // Row 20: one row with a coin that no state issues does not hide the others
  test('one row that cannot be read leaves the others to be read', async () => {
    await pay();
    const [row] = await gateway.listTransactions();
    assert.ok(row);
    const answer = [
      { ...row.raw, transaction: { ...row.raw.transaction, tracking_id: 'coin', transaction_id: 'coin' } },
      row.raw,
    ].map((raw, index) =>
      index > 0 ? raw : { ...raw, provider: { ...raw.provider, amount: { value: '1e3', currency: 'USDT' } } },
    );
    const fetching: typeof fetch = () => Promise.resolve(Response.json(answer));
    const shop = createKassa({
      gateway: gatewayOf(sandbox, { fetch: fetching }),
      book: createMemoryBook({ now: () => NOON }),
      order: () => order(trackingId),
      onError: (error) => errors.push(error),
      now: () => NOON,
    });
    const report = await shop.reconcile();
    assert.deepEqual([report.listed, report.changes.length, report.failures], [2, 1, 1]);
  });
});
