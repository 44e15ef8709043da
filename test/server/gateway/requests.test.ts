/** What a shop may ask of the gateway's client, and what never leaves it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { GATEWAY_CODES, InputError, isApiError, OptionsError } from '../../../src/server/index.ts';
import { createGateway } from '../../../src/server/gateway/client.ts';
import type { Reference } from '../../../src/server/gateway/operations.ts';
import type { GatewayOptions } from '../../../src/server/gateway/options.ts';
import { createKassa } from '../../../src/server/routes/kassa.ts';
import { card, order } from '../../sandbox/running.ts';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: { readonly request: Record<string, unknown> };
}

const NOW = Date.UTC(2024, 7, 20, 12);

function gatewayThat(answer: unknown, options: Partial<GatewayOptions> = {}, status = 200) {
  const asked: Asked[] = [];
  const gateway = createGateway({
    apiKey: 'dev_key_secret_0001',
    baseUrl: 'https://pay.example/gateway',
    now: () => NOW,
    sleep: () => Promise.resolve(),
    fetch: (input, init) => {
      const body =
        typeof init?.body === 'string' ? (JSON.parse(init.body) as Asked['body']) : { request: {} };
      const url = input instanceof URL ? input.href : '';
      asked.push({ method: init?.method ?? '', url, body });
      return Promise.resolve(Response.json(answer, { status }));
    },
    ...options,
  });
  return { gateway, asked };
}
const TOKEN = { token: 't'.repeat(50) };
const PENDING = { transaction_status: 'pending' };
const inputFault = (path: string) => (error: unknown) =>
  error instanceof InputError && error.fields.some((field) => field.path === path);

describe('an address that no shopper may be sent to', () => {
  // D4, G-09, A-13, A-36
  for (const url of [
    'javascript:alert(1)',
    'http://bank.example/',
    'data:text/html,x',
    '//bank.example',
    'pay',
    '',
    '{{url}}',
  ]) {
    test(`"${url}" of a direct order is refused`, async () => {
      const { gateway } = gatewayThat({ url });
      await assert.rejects(
        gateway.mintDirect({ ...order('o'), providerId: 210 }),
        (error: unknown) => isApiError(error) && error.kind === 'invalid-response',
      );
    });
  }

  // G-09, A-13
  test('is not one with https: that is handed out', async () => {
    const { gateway } = gatewayThat({ url: 'https://bank.example/pay?x=1' });
    assert.deepEqual(await gateway.mintDirect({ ...order('o'), providerId: 210 }), {
      kind: 'url',
      url: 'https://bank.example/pay?x=1',
      trackingId: 'o',
    });
  });
});

describe('a reference', () => {
  // D9, G-13, G-14, G-15
  for (const reference of [
    {},
    { trackingId: '' },
    { trackingId: '.' },
    { trackingId: '..' },
    { trackingId: 42 },
    null,
    undefined,
  ]) {
    test(`${inspect(reference)} leads nowhere: nothing is sent`, async () => {
      const { gateway, asked } = gatewayThat(PENDING);
      const given = reference as unknown as Reference;
      for (const ask of [
        () => gateway.getStatus(given),
        () => gateway.waitForStatus(given, { withinMs: 1 }),
        () => gateway.approveWithdrawal(given),
        () => gateway.rejectWithdrawal(given),
      ]) {
        await assert.rejects(ask(), InputError);
      }
      assert.deepEqual(asked, []);
    });
  }

  test('of an order is as strict: what could not be asked for is not opened', async () => {
    for (const trackingId of ['.', '..', ' ']) {
      await assert.rejects(
        gatewayThat(TOKEN).gateway.mintCashier(order(trackingId)),
        inputFault('trackingId'),
      );
    }
  });

  test('with signs of a URL in it stays one step of the path', async () => {
    const { gateway, asked } = gatewayThat(PENDING);
    await gateway.getStatus({ trackingId: 'a/../b?c#d%2e' });
    assert.match(asked[0]?.url ?? '', /\/api\/v1\/transactions\/a%2F\.\.%2Fb%3Fc%23d%252e\/status$/);
  });

  // D11, G-03, C-08
  test('goes where the endpoint wants it: path, query, or, without a place of its own, the query', async () => {
    for (const [path, url] of [
      ['/status?id={id}', '/gateway/status?id=o%2F1'],
      ['/status?kind=full&id={id}', '/gateway/status?kind=full&id=o%2F1'],
      ['/{id}/status/{id}', '/gateway/o%2F1/status/o%2F1'],
      ['/status', '/gateway/status?id=o%2F1'],
      ['status/{id}', '/gateway/status/o%2F1'],
    ] as const) {
      const { gateway, asked } = gatewayThat(PENDING, { endpoints: { status: { method: 'GET', path } } });
      await gateway.getStatus({ trackingId: 'o/1' });
      assert.equal(asked[0]?.url, `https://pay.example${url}`);
    }
  });

  test('is not in the path of an error, wherever it went', async () => {
    const endpoints = { status: { method: 'GET', path: '/status?id={id}' } } as const;
    const { gateway } = gatewayThat({ code: 1039 }, { endpoints }, 400);
    await assert.rejects(gateway.getStatus({ trackingId: 'o-1' }), {
      path: '/status',
      method: 'GET',
      kind: 'not-found',
    });
  });
});

describe('an order', () => {
  const sent = async (change: object, options: Partial<GatewayOptions> = {}) => {
    const { gateway, asked } = gatewayThat(TOKEN, options);
    await gateway.mintCashier({ ...order('o'), ...change });
    return asked[0]?.body.request ?? {};
  };
  const phoneOf = async (phone: unknown) => {
    const { customer } = order('o');
    return ((await sent({ customer: { ...customer, phone } })).customer as { phone: unknown }).phone;
  };

  // G-04, G-05
  test('of the cashier may leave the amount to the shopper', async () => {
    const { amount: _chosen, ...open } = order('o');
    const { gateway, asked } = gatewayThat(TOKEN);
    await gateway.mintCashier(open);
    assert.ok(!('amount' in (asked[0]?.body.request ?? {})));
    await assert.rejects(gateway.mintCashier({ ...open, amountRestricted: true }), inputFault('amount'));
    await assert.rejects(gateway.mintWithdrawal(open as ReturnType<typeof order>), inputFault('amount'));
  });

  // G-08, A-15
  test('has a phone of E.164, or its parts; zeros that belong to a number are kept', async () => {
    for (const [phone, wire] of [
      ['+44783433252', { country: 'GB', prefix: 44, number: 783433252 }],
      [{ number: '+44783433252' }, { country: 'GB', prefix: 44, number: 783433252 }],
      [
        { country: 'US', number: '+12025550123' },
        { country: 'US', prefix: 1, number: 2025550123 },
      ],
      [
        { country: 'GB', prefix: '44', number: '0783433252' },
        { country: 'GB', prefix: 44, number: 783433252 },
      ],
      ['+390612345678', { country: 'GB', prefix: 39, number: '0612345678' }],
      [
        { country: 'IT', prefix: '39', number: '0612345678' },
        { country: 'IT', prefix: 39, number: '0612345678' },
      ],
      [
        { country: 'IT', prefix: '39', number: '3123456789' },
        { country: 'IT', prefix: 39, number: 3123456789 },
      ],
      [
        { country: 'SM', prefix: '378', number: '0549886377' },
        { country: 'SM', prefix: 378, number: '0549886377' },
      ],
      [
        { country: 'CI', prefix: '225', number: '0123456789' },
        { country: 'CI', prefix: 225, number: '0123456789' },
      ],
      ['+2250123456789', { country: 'GB', prefix: 225, number: '0123456789' }],
    ] as const) {
      assert.deepEqual(await phoneOf(phone), wire, inspect(phone));
    }
    for (const phone of ['44783433252', '+0123456789', '+44', '+1234567890123456', '0783433252']) {
      await assert.rejects(phoneOf(phone), inputFault('customer.phone'), phone);
    }
  });

  // G-07, G-08, A-38
  test('with fields that Kassa does not know is refused by their names, or passed with them, by option', async () => {
    const { customer } = order('o');
    const more = {
      channel: 'web',
      customer: { ...customer, vat_number: 'X1', phone: { number: '+44783433252', ext: 7 } },
    };
    await assert.rejects(sent(more), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.deepEqual(error.fields.map(({ path }) => path).sort(), [
        'channel',
        'customer.phone.ext',
        'customer.vat_number',
      ]);
      assert.match(error.message, /unknownFields/);
      return true;
    });
    const passed = await sent(more, { unknownFields: 'pass' });
    const { vat_number: vat, phone } = passed.customer as Record<string, unknown>;
    assert.deepEqual(
      [passed.channel, vat, phone],
      ['web', 'X1', { country: 'GB', prefix: 44, number: 783433252, ext: 7 }],
    );
    const { gateway, asked } = gatewayThat({ transaction_status: 'successful' }, { unknownFields: 'pass' });
    const paid = { ...card('4111111111111111'), brand: 'visa' };
    await gateway.chargeCard({ ...order('o'), routingId: 210, card: paid });
    const details = asked[0]?.body.request.card_details as { brand?: string } | undefined;
    assert.equal(details?.brand, 'visa');
  });

  test('may have ids of any length: no document names a longest', async () => {
    assert.equal((await sent({ trackingId: 'x'.repeat(1_000) })).tracking_id, 'x'.repeat(1_000));
  });
});

describe('a range of days', () => {
  const days = async (range?: object) => {
    const { gateway, asked } = gatewayThat([]);
    await gateway.listTransactions(range);
    return asked.map(({ url }) => new URL(url).search);
  };

  // G-16, A-9
  test('may be open at either end', async () => {
    assert.deepEqual(await days(), ['']);
    assert.deepEqual(await days({}), ['']);
    assert.deepEqual(await days({ to: '2024-08-10' }), ['?to=10-08-2024']);
    assert.deepEqual(await days({ from: '2024-08-10' }), [
      '?from=10-08-2024&to=16-08-2024',
      '?from=17-08-2024&to=20-08-2024',
    ]);
    assert.deepEqual(await days({ from: '2024-09-01' }), ['?from=01-09-2024&to=01-09-2024']);
  });

  test('of no days, or with a word that is none of its own, is refused', async () => {
    for (const range of [
      { from: 'NaN' },
      { to: '2024-02-30' },
      { since: '2024-08-01' },
      { from: Number.NaN },
    ]) {
      await assert.rejects(days(range), InputError);
    }
  });
});

describe('a refusal', () => {
  // G-17: the twelve, for whoever branches on them
  test('has one of the twelve codes, which are exported with their words', () => {
    assert.equal(Object.keys(GATEWAY_CODES).length, 12);
    assert.equal(GATEWAY_CODES[1089].text, 'Client Transaction ID is missing');
  });

  // G-01, G-10, G-18, A-35, C-05
  test('tells method, path, time and the request in outline, without a secret', async () => {
    const { gateway } = gatewayThat({ code: 1025 }, {}, 400);
    const error: unknown = await gateway
      .chargeCard({ ...order('o-1'), routingId: 210, card: { ...card('4242424242424242'), cvc: '987' } })
      .catch((caught: unknown) => caught);
    assert.ok(isApiError(error));
    assert.deepEqual([error.method, error.path, error.at], ['POST', '/api/v1/s2s', NOW]);
    const { request } = error.request.body as { request: Record<string, Record<string, unknown>> };
    assert.deepEqual([request.tracking_id, request.amount, request.currency], ['o-1', 10.05, 'EUR']);
    assert.deepEqual(request.card_details, {
      holder_name: '[string]',
      card_number: '…4242',
      exp_month: '[string]',
      exp_year: '[string]',
    });
    for (const secret of [
      '4242424242424242',
      '987',
      'dev_key_secret',
      'John',
      'john@example.com',
      'Downing',
    ]) {
      assert.ok(!inspect(error, { depth: 9 }).includes(secret), secret);
    }
  });
});

describe('the signature password', () => {
  // G-20
  test('is needed where webhooks are checked, and nowhere else', async () => {
    const { gateway } = gatewayThat(TOKEN);
    assert.equal((await gateway.mintCashier(order('o'))).token, TOKEN.token);
    assert.throws(
      () => createKassa({ gateway, order: () => null }),
      (error: unknown) =>
        error instanceof OptionsError && error.message.includes('signaturePassword is missing'),
    );
  });
});
