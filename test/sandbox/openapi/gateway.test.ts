import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { payByCard, shopperOf, startTestSandbox } from '../running.ts';
import { type Described, describedBy } from './described.ts';

let sandbox: RunningSandbox;
let described: Described;

before(async () => {
  sandbox = await startTestSandbox();
  described = await describedBy(sandbox, 'gateway', { 'x-api-key': 'dev_kassa_0001' });
});
after(() => sandbox.close());

test('the linter finds nothing to mend', async () => {
  assert.deepEqual(await described.lint(), []);
});

test('describes the eight operations', () => {
  assert.deepEqual(described.operations, [
    'approve',
    'cashier',
    'direct',
    'list',
    'reject',
    's2s',
    'status',
    'withdrawal',
  ]);
});

const request = {
  mode: 'test',
  settings: {},
  user_id: '128',
  ip: '127.34.125.54',
  amount: 10.05,
  currency: 'EUR',
  customer: { first_name: 'John', last_name: 'Doe', email: 'john@example.com', country_code: 'GB' },
};
const cardDetails = {
  holder_name: 'John Doe',
  card_number: '4242424242424242',
  exp_month: '05',
  exp_year: '2025',
  cvc: '444',
};

describe('what is really answered is what is described', () => {
  for (const [name, path, body] of [
    ['cashier', '/api/v1/cashier', { request: { ...request, tracking_id: 'o-1', theme: 'dark' } }],
    ['direct', '/api/v1/direct', { request: { ...request, tracking_id: 'o-2', provider_id: 210 } }],
    [
      's2s',
      '/api/v1/s2s',
      { request: { ...request, tracking_id: 'o-3', routing_id: 210, card_details: cardDetails } },
    ],
    ['withdrawal', '/api/v1/withdrawal', { request: { ...request, tracking_id: 'o-4' } }],
  ] as const) {
    test(`${name}: good, without a key, and with a fault in each`, async () => {
      assert.equal((await described.send('post', path, body)).status, 200);
      assert.equal((await described.send('post', path, body, {})).status, 400);
      assert.equal(
        (
          await described.send('post', path, {
            request: { ...body.request, tracking_id: 'x', currency: 'X' },
          })
        ).status,
        422,
      );
    });
  }

  test('s2s: declined, challenged and broken', async () => {
    for (const [number, status] of [
      ['4000000000000002', 200],
      ['4111111111111111', 200],
      ['4000000000000119', 500],
    ] as const) {
      const details = { ...cardDetails, card_number: number };
      const body = { request: { ...request, tracking_id: number, routing_id: 210, card_details: details } };
      assert.equal((await described.send('post', '/api/v1/s2s', body)).status, status);
    }
  });

  test('approve and reject', async () => {
    for (const decision of ['approve', 'reject']) {
      const { answer } = await described.send('post', '/api/v1/withdrawal', {
        request: { ...request, tracking_id: `o-${decision}` },
      });
      await shopperOf(sandbox, (answer as { token: string }).token).pay({
        ...payByCard('4242424242424242'),
        providerId: '310',
        card: undefined,
        account: { holderName: 'John Doe', iban: 'DE89370400440532013000' },
      });
      const path = `/api/v1/withdrawal/${decision}`;
      assert.equal((await described.send('post', path, { transaction_id: `o-${decision}` })).status, 200);
      assert.equal((await described.send('post', path, { transaction_id: `o-${decision}` })).status, 400);
    }
  });

  test('status and list', async () => {
    assert.equal((await described.send('get', '/api/v1/transactions/o-3/status')).status, 200);
    assert.equal((await described.send('get', '/api/v1/transactions/nobody/status')).status, 400);
    const { answer } = await described.send('get', '/api/v1/transactions');
    assert.ok((answer as unknown[]).length >= 3);
    assert.equal((await described.send('get', '/api/v1/transactions?from=99-99-2024')).status, 422);
  });
});
