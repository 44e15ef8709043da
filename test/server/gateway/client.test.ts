/** The client alone, against a server that answers as it is told: error shapes, retries, secrets, options. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { GATEWAY_CODES } from '../../../src/model/gateway/codes.ts';
import { type ApiError, InputError, isApiError } from '../../../src/server/errors.ts';
import { createGateway } from '../../../src/server/gateway/client.ts';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import type { GatewayOptions } from '../../../src/server/gateway/options.ts';
import { card, order } from '../../sandbox/running.ts';
import { REQUESTS } from '../../fixtures/gateway-examples.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { refusalOf } from '../../refusal.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const seen: {
  readonly method: string;
  readonly url: string;
  readonly key: unknown;
  readonly body: string;
}[] = [];
let answer: Answer;
let baseUrl: string;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    seen.push({
      method: request.method ?? '',
      url: request.url ?? '',
      key: request.headers['x-api-key'],
      body,
    });
    answer(request, response, body);
  });
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/gateway`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  seen.length = 0;
});

const says =
  (status: number, body: unknown): Answer =>
  (_request, response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

const gateway = (options: Partial<GatewayOptions> = {}) =>
  createGateway({
    apiKey: 'dev_key_secret_0001',
    baseUrl,
    signaturePassword: 'spg_secret_0001',
    sleep: () => Promise.resolve(),
    ...options,
  });

const refusal = (call: Promise<unknown>): Promise<ApiError> => refusalOf(call, isApiError);

const TOKEN = { token: 'FikkCvjt3WuQBJbvTMBcQWmOHnSRkIqNLYEmzsvLxUyPDKaZXe' };

describe('what goes out', () => {
  // G-04, G-08, A-6, A-14, A-15
  test('the documented body, with the documented types', async () => {
    answer = says(200, TOKEN);
    await gateway().mintCashier({
      ...order('b8f04416-116a-11ed-861d-0242ac120002'),
      theme: 'dark',
      amountRestricted: true,
      settings: { anything: { nested: ['ä', 1] } },
    });
    const [request] = seen;
    assert.equal(`${request?.method} ${request?.url}`, 'POST /gateway/api/v1/cashier');
    assert.equal(request?.key, 'dev_key_secret_0001');
    const documented = REQUESTS.cashier.request;
    assert.deepEqual(JSON.parse(request.body), {
      request: { ...documented, settings: { anything: { nested: ['ä', 1] } } },
    });
  });

  // G-12, A-39
  test('a withdrawal without a limit, a direct mint with its provider, a charge with its card inside', async () => {
    answer = says(200, TOKEN);
    await gateway().mintWithdrawal(order('w'));
    await gateway().mintDirect({ ...order('d'), providerId: '210' });
    answer = says(200, { url: '', transaction_status: 'successful' });
    await gateway().chargeCard({ ...order('s'), routingId: 210, card: card('4111111111111111') });
    const [withdrawal = {}, direct = {}, charge = {}] = seen.map(
      ({ body }) => (JSON.parse(body) as { request: Record<string, unknown> }).request,
    );
    assert.ok(!('max_deposit_limit' in (withdrawal.customer as object)));
    assert.ok(!('amount_restricted' in withdrawal));
    assert.equal(direct.provider_id, 210);
    assert.equal(charge.routing_id, 210);
    assert.deepEqual(charge.card_details, {
      holder_name: 'John Doe',
      card_number: '4111111111111111',
      exp_month: '05',
      exp_year: '2025',
      cvc: '444',
    });
  });

  // G-07 money: no amount is ever rounded
  for (const [amount, currency, wire] of [
    ['500', 'JPY', 500],
    ['0.001', 'KWD', 0.001],
    ['1234567890.12', 'EUR', 1234567890.12],
  ] as const) {
    test(`${amount} ${currency}`, async () => {
      answer = says(200, TOKEN);
      await gateway().mintCashier({ ...order('m'), amount, currency, customer: withoutLimit() });
      assert.equal((JSON.parse(seen[0]?.body ?? '') as { request: { amount: number } }).request.amount, wire);
    });
  }

  // G-03
  test('other paths and methods are a matter of configuration', async () => {
    answer = says(200, { transaction_status: 'pending' });
    const custom = gateway({ endpoints: { status: { method: 'POST', path: '/v9/state/{id}' } } });
    await custom.getStatus({ trackingId: 'a/b?c' });
    assert.equal(`${seen[0]?.method} ${seen[0]?.url}`, 'POST /gateway/v9/state/a%2Fb%3Fc');
  });
});

describe('what never goes out', () => {
  test('an order with a fault: nothing is sent, and the fields are named without their values', async () => {
    const wrong = {
      ...order('x'),
      amount: '10.005',
      currency: 'eur',
      userId: '',
      customer: { ...order('x').customer, email: 'secret-not-an-email' },
    };
    await assert.rejects(gateway().mintCashier(wrong), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.deepEqual(error.fields.map(({ path }) => path).sort(), ['currency', 'customer.email', 'userId']);
      assert.doesNotMatch(error.message, /secret-not/);
      return true;
    });
    await assert.rejects(gateway().mintCashier({ ...order('x'), amount: '10.005' }), InputError);
    await assert.rejects(gateway().mintCashier({ ...order('x'), amount: 10.05 as never }), InputError);
    assert.deepEqual(seen, []);
  });

  // G-02
  test('a client that cannot work says so when it is made', () => {
    const make = (options: Partial<GatewayOptions>) => () => gateway(options);
    for (const [options, message] of [
      [{ apiKey: undefined }, /apiKey is missing/],
      [{ apiKey: '' }, /apiKey is missing/],
      [{ signaturePassword: undefined }, /signaturePassword is missing/],
      [{ baseUrl: undefined }, /baseUrl is missing/],
      [{ baseUrl: 'http://pay.example/gateway' }, /https/],
      [{ baseUrl: 'pay.example' }, /https/],
      [{ cashierUrl: 'http://pay.example/cashier' }, /cashierUrl/],
      // G-23, A-19
      [{ environment: 'live' }, /DEV key/],
    ] as const) {
      assert.throws(make(options), (error: unknown) => {
        assert.ok(error instanceof OptionsError);
        assert.match(error.message, message);
        assert.ok(error.hint.length > 10);
        return true;
      });
    }
    make({ baseUrl: 'http://pay.internal/gateway', allowInsecure: true })();
  });
});

describe('what comes back', () => {
  // G-17: every shape in which a code may come
  for (const body of [
    { code: 1026, message: 'API Key is missing' },
    { code: '1026' },
    { error_code: 1026 },
    { errorCode: '1026' },
    { error: { code: 1026, message: 'x' } },
    { errors: [{ code: 1026 }] },
  ]) {
    test(`code 1026 as ${JSON.stringify(body)}`, async () => {
      answer = says(400, body);
      const error = await refusal(gateway().mintCashier(order('e')));
      assert.equal(error.code, '1026');
      assert.equal(error.kind, 'auth');
      assert.equal(error.retryable, false);
      assert.match(error.message, /API Key is missing/);
    });
  }

  // G-17: what to do about each of the twelve
  for (const [code, { kind, text }] of Object.entries(GATEWAY_CODES)) {
    test(`${code} is ${kind}`, async () => {
      answer = says(400, { code: Number(code), message: text });
      const error = await refusal(gateway().mintCashier(order('e')));
      assert.equal(error.kind, kind);
      assert.equal(error.retryable, code === '1025');
      assert.ok(error.hint.length > 10);
    });
  }

  test('an unknown code is kept', async () => {
    answer = says(400, { code: 4711, message: 'new' });
    assert.equal((await refusal(gateway().mintCashier(order('e')))).code, '4711');
  });

  for (const [name, status, body, kind] of [
    ['HTML', 502, '<html><h1>502 Bad Gateway</h1></html>', 'transient'],
    ['an empty body', 500, '', 'transient'],
    ['half a body', 200, '{"token":"abc', 'invalid-response'],
    ['a body of another kind', 200, '{"hello":"world"}', 'invalid-response'],
    ['a redirect', 302, '', 'invalid-response'],
    ['a login page', 200, '<html>Log in</html>', 'invalid-response'],
  ] as const) {
    test(`${name} (HTTP ${status}) is a typed error`, async () => {
      answer = says(status, body);
      const error = await refusal(gateway().mintCashier(order('e')));
      assert.equal(error.kind, kind);
      assert.equal(error.operation, 'cashier');
      assert.match(error.message, /POST \/api\/v1\/cashier/);
    });
  }

  //
  test('a direct URL, an unfilled template, and an error that is an object', async () => {
    answer = says(200, { url: 'https://pay.example/x' });
    assert.equal((await gateway().mintDirect({ ...order('d'), providerId: 1 })).kind, 'url');
    const charge = () =>
      gateway().chargeCard({ ...order('s'), routingId: 210, card: card('4111111111111111') });
    answer = says(200, { url: '{{url}}', transaction_status: 'pending' });
    assert.equal((await charge()).kind, 'pending');
    answer = says(200, { url: null, transaction_status: 'rejected', error: { code: 5, message: 'No' } });
    const failed = await charge();
    assert.equal(failed.kind === 'failed' && failed.reason, 'No');
    answer = says(200, { url: '', transaction_status: 'on_hold' });
    assert.equal((await charge()).kind, 'pending');
  });
});

// G-11, A-36
test('a shopper is never sent to an address that is not safe', async () => {
  for (const url of ['http://bank.example/3ds', 'javascript:alert(1)', '/3ds', 'https//bank']) {
    answer = (request, response, body) =>
      says(200, { url, transaction_status: 'pending' })(request, response, body);
    const result = await gateway().chargeCard({
      ...order('s'),
      routingId: 210,
      card: card('4111111111111111'),
    });
    assert.equal(result.kind, 'pending', url);
  }
});

describe('once, or again', () => {
  const charge = (timeoutMs = PATIENCE_MS) =>
    gateway({ timeoutMs }).chargeCard({
      ...order('s'),
      routingId: 210,
      card: card('4111111111111111'),
    });
  const broken: Answer = (_request, response) => response.destroy();

  // G-18
  test('a read is repeated when the gateway is at fault, and no more than twice', async () => {
    answer = (request, response, body) =>
      seen.length < 3
        ? says(503, '')(request, response, body)
        : says(200, { transaction_status: 'pending' })(request, response, body);
    assert.equal((await gateway().getStatus({ trackingId: 't' })).rawStatus, 'pending');
    seen.length = 0;
    answer = says(503, '');
    await refusal(gateway().getStatus({ trackingId: 't' }));
    assert.equal(seen.length, 3);
  });

  // G-18
  test('a refusal is never repeated, nor is a mint', async () => {
    answer = says(400, { code: 1039 });
    await refusal(gateway().getStatus({ trackingId: 't' }));
    answer = says(503, '');
    await refusal(gateway().mintCashier(order('m')));
    assert.equal(seen.length, 2);
  });

  // G-10, A-12
  for (const [name, fault, timeoutMs] of [
    ['the connection is cut', broken, undefined],
    ['no answer comes in time', () => undefined, 2_000],
    ['half an answer comes', says(200, '{"url":'), undefined],
    ['the gateway fails', says(500, ''), undefined],
  ] as const) {
    test(`a charge after which ${name} is sent once, and its status decides`, async () => {
      answer = (request, response, body) =>
        request.method === 'POST'
          ? fault(request, response, body)
          : says(200, { transaction_status: 'successful' })(request, response, body);
      assert.equal((await charge(timeoutMs)).kind, 'succeeded');
      assert.deepEqual(
        seen.map(({ method }) => method),
        ['POST', 'GET'],
      );
      assert.match(seen[1]?.url ?? '', /transactions\/s\/status$/);
    });
  }

  test('when not even the status can be had, the first error says that it may have happened', async () => {
    answer = broken;
    const error = await refusal(charge());
    assert.equal(error.kind, 'network');
    assert.match(error.hint, /not known/);
    assert.equal(seen.filter(({ method }) => method === 'POST').length, 1);
  });
});

// G-15
describe('waiting for the end', () => {
  /** Time passes only while the client sleeps. */
  const waiting = () => {
    let time = 0;
    const pauses: number[] = [];
    const client = gateway({
      now: () => time,
      random: () => 0.5,
      sleep: (ms) => {
        pauses.push(ms);
        time += ms;
        return Promise.resolve();
      },
    });
    return { client, pauses };
  };

  test('asks with growing pauses until it is final', async () => {
    answer = (request, response, body) =>
      says(200, { transaction_status: seen.length < 4 ? 'pending' : 'successful' })(request, response, body);
    const { client, pauses } = waiting();
    assert.equal((await client.waitForStatus({ trackingId: 't' })).status, 'succeeded');
    assert.deepEqual(pauses, [1_000, 2_000, 3_000]);
  });

  test('outlives a transaction that is not there yet, and a gateway that is down for a while', async () => {
    answer = (request, response, body) =>
      (seen.length < 2
        ? says(400, { code: 1039 })
        : seen.length < 6
          ? says(503, '')
          : says(200, { transaction_status: 'rejected', rejected_reason: 'No' }))(request, response, body);
    assert.equal((await waiting().client.waitForStatus({ trackingId: 't' })).reason, 'No');
  });

  test('gives what is known when the time is spent, never an end that nobody said', async () => {
    answer = says(200, { transaction_status: 'pending' });
    const { client, pauses } = waiting();
    assert.equal((await client.waitForStatus({ trackingId: 't' }, { withinMs: 30_000 })).status, 'pending');
    assert.equal(
      pauses.reduce((sum, ms) => sum + ms, 0),
      30_000,
    );
    answer = says(400, { code: 1039 });
    const error = await refusal(waiting().client.waitForStatus({ trackingId: 't' }, { withinMs: 5_000 }));
    assert.equal(error.kind, 'not-found');
  });

  test('a wrong key is no reason to wait', async () => {
    answer = says(400, { code: 1027 });
    await refusal(waiting().client.waitForStatus({ trackingId: 't' }));
    assert.equal(seen.length, 1);
  });
});

// G-01, G-10, G-18: whatever a gateway echoes, no secret is in any error
test('no error holds a key, a card number or a code, however it is printed', async () => {
  const errors: unknown[] = [];
  const echoes: Answer = (request, response, body) =>
    says(400, {
      message: `refused ${body} ${String(request.headers['x-api-key'])} 4111 1111 1111 1111`,
    })(request, response, body);
  for (const next of [echoes, says(500, 'dev_key_secret_0001 4111111111111111'), says(200, 'x')]) {
    answer = next;
    const attempt = gateway().chargeCard({
      ...order('s'),
      routingId: 210,
      card: { ...card('4111111111111111'), cvc: '987' },
    });
    errors.push(await attempt.catch((error: unknown) => error));
  }
  const closed = gateway({ baseUrl: 'http://127.0.0.1:9/gateway' });
  errors.push(await closed.mintCashier(order('m')).catch((error: unknown) => error));
  const printed = errors
    .map(
      (error) => `${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${String((error as Error).stack)}`,
    )
    .join('\n');
  assert.ok(printed.length > 500);
  for (const secret of ['dev_key_secret', 'spg_secret', '4111111111111111', '4111 1111', '"987"']) {
    assert.ok(!printed.includes(secret), secret);
  }
});

function withoutLimit() {
  const { maxDepositLimit: _dropped, ...customer } = order('x').customer;
  return customer;
}
