/** The shop's four routes, mounted on a real server, in front of a real sandbox. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import type { StatusChange } from '../../../src/server/orders/order.ts';
import { createKassa, type Kassa, type KassaOptions } from '../../../src/server/routes/kassa.ts';
import { toNodeHandler } from '../../../src/server/routes/node.ts';
import { isApiError } from '../../../src/server/errors.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import { routeError, type Session, type StatusReport } from '../../../src/wire/session.ts';
import {
  gatewayOf,
  NOON,
  order,
  PASSWORD,
  payByCard,
  shopperOf,
  startTestSandbox,
} from '../../sandbox/running.ts';

let sandbox: RunningSandbox;
let kassa: Kassa;
let server: Server;
let shop: string;
let changes: StatusChange[];
let trackingId: string;
let decide: KassaOptions['order'];
let failing: Error | undefined;
const errors: unknown[] = [];
let orders = 0;

before(async () => {
  sandbox = await startTestSandbox();
  kassa = createKassa({
    gateway: gatewayOf(sandbox),
    order: (request, asked) => decide(request, asked),
    onStatus: (change) => {
      if (failing) throw failing;
      changes.push(change);
    },
    onError: (error) => errors.push(error),
    now: () => NOON,
  });
  server = createServer(toNodeHandler(kassa.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(`${sandbox.url}/_sandbox/config`, {
    method: 'POST',
    body: JSON.stringify({ webhookUrl: `${shop}/kassa/webhook` }),
  });
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});
beforeEach(() => {
  orders += 1;
  trackingId = `order-${orders}`;
  changes = [];
  failing = undefined;
  errors.length = 0;
  decide = () => order(trackingId);
});

const pageRequest = (): Request => new Request(`${shop}/checkout`);

const openSession = (body: unknown = { flow: 'deposit' }, headers: Record<string, string> = {}) =>
  fetch(`${shop}/kassa/session`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin: shop, ...headers },
  });
const session = async (): Promise<Session> => (await (await openSession()).json()) as Session;
const report = async (statusUrl: string | undefined): Promise<StatusReport> =>
  (await (await fetch(String(statusUrl))).json()) as StatusReport;
/** Signed, so that an id alone tells nothing. */
const statusOf = (origin: string): RegExp =>
  new RegExp(`^${origin}/kassa/status/${trackingId}\\?sig=[0-9a-f]{64}$`);
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

async function pay(token: string, number = '4242424242424242'): Promise<void> {
  await shopperOf(sandbox, token).pay(payByCard(number));
  await sandbox.advance(1_000);
}

test('GET session says where the hosted page is, and mints nothing', async () => {
  decide = () => assert.fail('nobody pays yet');
  const response = await fetch(`${shop}/kassa/session`);
  assert.deepEqual(await response.json(), { cashierUrl: `${sandbox.url}/gateway/cashier` });
});

describe('a session for a page that the backend renders', () => {
  test('is minted for what the shop says, like that of the route', async () => {
    const opened = await kassa.session(pageRequest(), { lang: 'de' });
    assert.match(opened.token, /^[A-Za-z0-9]{50}$/);
    assert.match(opened.statusUrl ?? '', statusOf(shop));
    const secure = await kassa.session(pageRequest(), { origin: 'https://shop.example' });
    assert.match(secure.statusUrl ?? '', statusOf('https://shop.example'));
  });

  test('is for the origin that the shop says', async () => {
    const named = createKassa({
      gateway: gatewayOf(sandbox),
      order: () => order(trackingId),
      origin: 'https://shop.example',
    });
    const { statusUrl } = await named.session(new Request('http://localhost:3000/'));
    assert.match(statusUrl ?? '', statusOf('https://shop.example'));
    await assert.rejects(named.session(pageRequest(), { origin: 'https://shop.example/cart' }), {
      code: 'invalid-option',
    });
    assert.throws(() => createKassa({ gateway: gatewayOf(sandbox), order: () => null, origin: 'shop' }), {
      code: 'invalid-option',
    });
  });

  test('is refused with a reason when there is nothing to pay', async () => {
    for (const nothing of [null, new Response('Log in first', { status: 401 })]) {
      decide = () => nothing;
      await assert.rejects(kassa.session(pageRequest()), { code: 'order-refused' });
    }
  });
});

describe('POST session', () => {
  // G-04
  test('mints a token for what the shop says, and tells where its status is', async () => {
    const opened = await session();
    assert.match(opened.token, /^[A-Za-z0-9]{50}$/);
    assert.equal(opened.trackingId, trackingId);
    assert.equal(opened.cashierUrl, `${sandbox.url}/gateway/cashier`);
    assert.match(opened.statusUrl ?? '', statusOf(shop));
    assert.equal(opened.expiresAt, new Date(NOON + 30 * 60_000).toISOString());
  });

  // T1: the amount is the shop's, whatever a page sends
  test('takes nothing that costs money from the page', async () => {
    const response = await openSession({ flow: 'deposit', amount: '0.01', currency: 'EUR' });
    assert.equal(response.status, 400);
    assert.equal(await codeOf(response), 'invalid-request');
  });

  // Issue 13.7
  test('whatever the page says its language is, nobody’s payment is refused for it', async () => {
    for (const lang of [
      'pt_BR',
      'x'.repeat(20_000),
      '',
      'en-US-u-hc-h12-x-very-long-private',
      null,
      7,
      ['de'],
    ]) {
      assert.equal((await openSession({ flow: 'deposit', lang })).status, 200, String(lang).slice(0, 40));
    }
  });

  test('refuses a page of another site, and what is not JSON', async () => {
    assert.equal((await openSession({ flow: 'deposit' }, { origin: 'https://evil.test' })).status, 403);
    assert.equal((await openSession({ flow: 'deposit' }, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await openSession({ flow: 'deposit' }, { 'content-type': 'text/plain' })).status, 415);
  });

  // B1
  test('behind a proxy that rewrites Host, the session is for the page, and so is all that is made of it', async () => {
    const page = 'https://shop.example';
    const headers = { 'content-type': 'application/json', origin: page, 'sec-fetch-site': 'same-origin' };
    const asked = new Request('http://app:3000/kassa/session', {
      method: 'POST',
      headers,
      body: '{"flow":"deposit"}',
    });
    const opened = (await (await kassa.fetch(asked)).json()) as Session;
    assert.match(opened.statusUrl ?? '', statusOf(page));
    assert.equal(new URL(opened.returnUrl ?? '').origin, page);
  });

  test('a page of another origin is told to the shop, with both hosts', async () => {
    await openSession({ flow: 'deposit' }, { origin: 'https://evil.test' });
    assert.match(String(errors[0]), /https:\/\/evil\.test; .* 127\.0\.0\.1:\d+/);
  });

  // B3
  test('a body that something read before is a 500 at once, with the cure for the shop', async () => {
    const asked = new Request(`${shop}/kassa/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"flow":"deposit"}',
    });
    await asked.json();
    assert.equal((await kassa.fetch(asked)).status, 500);
    assert.match(String((errors[0] as { hint?: string }).hint), /Hono/);
  });

  test('what the gateway refused is told to the shop, as it was', async () => {
    const told: unknown[] = [];
    const expired = createKassa({
      gateway: gatewayOf(sandbox, { apiKey: 'dev_kassa_expired' }),
      order: () => order(trackingId),
      onError: (error) => told.push(error),
    });
    const response = await expired.fetch(
      new Request('https://shop.example/kassa/session', {
        method: 'POST',
        body: '{"flow":"deposit"}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    assert.equal(`${response.status} ${await codeOf(response)}`, '502 gateway-refused');
    assert.ok(isApiError(told[0]), String(told[0]));
  });

  test('a body that does not come is a 408', async () => {
    const slow = createServer(toNodeHandler(kassa.fetch, { bodyTimeoutMs: 100 }));
    await once(slow.listen(0, '127.0.0.1'), 'listening');
    const socket = connect((slow.address() as AddressInfo).port, '127.0.0.1');
    const head = [
      'POST /kassa/session HTTP/1.1',
      'host: shop',
      'content-type: application/json',
      'content-length: 20',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"flow"`);
    const dribble = setInterval(() => socket.write(' '), 40);
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    await once(socket, 'close');
    clearInterval(dribble);
    assert.match(answer, /^HTTP\/1\.1 408 [^]*body-too-slow/);
    slow.close();
  });

  test('refuses a body that holds more than there is to ask for', async () => {
    const response = await openSession({ flow: 'deposit', lang: 'x'.repeat(1_048_576) });
    assert.equal(response.status, 413);
    assert.equal(await codeOf(response), 'too-large');
  });

  test('refuses in the shop’s own words, or in Kassa’s', async () => {
    decide = () => null;
    assert.equal(await codeOf(await openSession()), 'order-refused');
    decide = () => new Response('Please log in', { status: 401 });
    const response = await openSession();
    assert.equal(`${response.status} ${await response.text()}`, '401 Please log in');
  });

  test('an order with a fault is the shop’s: told to onError, not to the page', async () => {
    decide = () => ({ ...order(trackingId), amount: 'ten' });
    const response = await openSession();
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /ten/);
    assert.match(String(errors[0]), /amount/);
  });

  test('a gateway that is down is a 503 that may be tried again', async () => {
    const closed = createKassa({
      gateway: gatewayOf(sandbox, { baseUrl: 'http://127.0.0.1:9/gateway' }),
      order: () => order(trackingId),
      onError: (error) => errors.push(error),
    });
    const response = await closed.fetch(
      new Request('https://shop.example/kassa/session', {
        method: 'POST',
        body: '{"flow":"deposit"}',
        headers: { 'content-type': 'application/json' },
      }),
    );
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), 'gateway-unavailable');
  });

  // Pain 2: duplicate payments
  for (const [code, rawStatus, card] of [
    ['already-paid', 'successful', '4242424242424242'],
    ['payment-open', 'pending', '4111111111111111'],
  ] as const) {
    test(`${code}: no second token, and the page is told which payment to follow`, async () => {
      await pay((await session()).token, card);
      const response = await openSession();
      assert.equal(response.status, 409);
      const { error, payment } = routeError.parse(await response.json());
      assert.equal(error.code, code);
      assert.equal(payment?.transaction_status, rawStatus);
      assert.equal(payment.trackingId, trackingId);
      assert.equal(new URL(payment.statusUrl).pathname, `/kassa/status/${trackingId}`);
    });
  }

  test('a declined order may be paid again', async () => {
    await pay((await session()).token, '4000000000000002');
    assert.equal((await openSession()).status, 200);
  });
});

describe('POST webhook', () => {
  // G-19, G-21
  test('verified changes reach the shop’s handler once, in order', async () => {
    await pay((await session()).token);
    assert.deepEqual(
      changes.map(({ rawStatus, previous }) => [rawStatus, previous]),
      [
        ['pending', undefined],
        ['successful', 'pending'],
      ],
    );
  });

  test('a handler that fails is answered with 500, and the next delivery runs it', async () => {
    failing = new Error('the warehouse is closed');
    await pay((await session()).token);
    assert.equal(changes.length, 0);
    failing = undefined;
    await sandbox.advance(5 * 60_000);
    assert.equal(changes.at(-1)?.rawStatus, 'successful');
  });

  // B3
  test('one whose body was read before is a 500, and the shop hears how to hand over the bytes', async () => {
    const asked = new Request(`${shop}/kassa/webhook`, {
      method: 'POST',
      headers: { 'x-signature': 'A'.repeat(40) },
      body: '{}',
    });
    await asked.json();
    const response = await kassa.fetch(asked);
    assert.equal(`${response.status} ${await codeOf(response)}`, '500 already-parsed');
    assert.match(String((errors[0] as { hint?: string }).hint), /rawBody: true/);
  });

  test('a forged one is refused and changes nothing', async () => {
    const body = JSON.stringify({
      transaction_id: 'x',
      user_id: '1',
      tracking_id: trackingId,
      status: 'successful',
      currency: 'EUR',
      amount: '10.05',
      transaction_type: 'deposit',
    });
    const deliver = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${shop}/kassa/webhook`, { method: 'POST', body, headers });
    assert.equal(await codeOf(await deliver({})), 'missing-signature');
    assert.equal(await codeOf(await deliver({ 'x-signature': 'A'.repeat(40) })), 'wrong-signature');
    const stolen = await signWebhook(body, 'spg_of_another_shop');
    assert.equal((await deliver({ 'x-signature': stolen })).status, 401);
    assert.deepEqual(changes, []);
    const { statusUrl } = await kassa.addresses(trackingId, shop);
    assert.equal((await report(statusUrl)).status, 'pending');
    assert.equal((await deliver({ 'x-signature': await signWebhook(body, PASSWORD) })).status, 200);
  });
});

describe('GET status', () => {
  test('knows nothing, then what the webhooks said', async () => {
    const { statusUrl, token } = await session();
    assert.deepEqual(await report(statusUrl), { trackingId, status: 'pending', rawStatus: '' });
    await pay(token);
    const known = await report(statusUrl);
    assert.equal(known.status, 'succeeded');
    assert.equal(known.rawStatus, 'successful');
  });

  test('asks the gateway when no webhook comes', async () => {
    const { statusUrl, token } = await session();
    failing = new Error('never accepted');
    await pay(token);
    assert.equal((await report(statusUrl)).status, 'succeeded');
  });

  test('a session after a decline does not end with the decline', async () => {
    await pay((await session()).token, '4000000000000002');
    const again = await session();
    assert.match(again.statusUrl ?? '', /&after=\d+$/);
    assert.deepEqual(await report(again.statusUrl), { trackingId, status: 'pending', rawStatus: '' });
    await pay(again.token);
    assert.equal((await report(again.statusUrl)).status, 'succeeded');
  });

  /** Reads the stream until the condition holds, and hangs up. */
  async function listen(url: string, until: (text: string) => boolean, headers = {}): Promise<string> {
    const hangUp = new AbortController();
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: hangUp.signal,
    });
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
    // B4: middleware that compresses would hold the stream back.
    assert.match(response.headers.get('cache-control') ?? '', /no-transform/);
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      if (until(text)) break;
    }
    hangUp.abort();
    return text;
  }

  // G-15, G-20
  test('streams each change as it comes, with an id to go on from', async () => {
    const { statusUrl = '', token } = await session();
    const stream = listen(statusUrl, (text) => text.includes('"succeeded"'));
    await pay(token);
    const text = await stream;
    const reports = [...text.matchAll(/^data: (.*)$/gm)].map(
      ([, data = '']) => (JSON.parse(data) as StatusReport).rawStatus,
    );
    assert.equal(reports.at(-1), 'successful');
    const lastId = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '';
    const later = await listen(statusUrl, (more) => more.includes('"succeeded"'), {
      'last-event-id': lastId,
    });
    assert.equal(later.match(/^data:/gm)?.length, 1);
  });
});

describe('return', () => {
  const returnUrl = async (): Promise<string> => String((await session()).returnUrl);

  // G-11
  test('a POST becomes a GET, and the page says which order, never how it ended', async () => {
    const url = await returnUrl();
    const posted = await fetch(url, { method: 'POST', body: 'status=success', redirect: 'manual' });
    assert.equal(posted.status, 303);
    const page = await (await fetch(new URL(posted.headers.get('location') ?? '', url))).text();
    assert.ok(page.includes(trackingId));
    assert.doesNotMatch(page, /success/);
  });

  test('a changed state is refused, and one of the shop’s own is needed', async () => {
    const url = new URL(await returnUrl());
    const state = url.searchParams.get('state') ?? '';
    for (const changed of ['', 'x', state.replace(trackingId, 'another'), `${state}x`]) {
      url.searchParams.set('state', changed);
      assert.equal((await fetch(url)).status, 400);
    }
  });
});

test('other paths and methods say what there is', async () => {
  const missing = await fetch(`${shop}/kassa/nothing`);
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /basePath/);
  const wrong = await fetch(`${shop}/kassa/session`, { method: 'DELETE' });
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.get('allow'), 'GET, POST');
});
