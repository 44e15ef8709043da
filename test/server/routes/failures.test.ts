/** What goes wrong is told to the shop once, with what to do, and blocks nobody. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, mock, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { KassaError } from '../../../src/model/errors.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import { gatewayOf, order, PASSWORD, payByCard, shopperOf, startTestSandbox } from '../../sandbox/running.ts';
import { createKassa } from '../../../src/server/routes/kassa.ts';
import { acceptanceOf, refusalOf, SHOP, type Shop, shopOf, type ShopOptions } from './shop.ts';

let sandbox: RunningSandbox;
let trackingId: string;
let orders = 0;

before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());
beforeEach(() => {
  orders += 1;
  trackingId = `failing-${orders}`;
});
const newShop = (options?: ShopOptions): Shop => shopOf(sandbox, trackingId, options);

/** One error, of this code, that says what to do. */
function toldOnce({ errors }: Shop, code: string): KassaError {
  assert.equal(errors.length, 1, String(errors));
  const error = errors[0] as KassaError;
  assert.ok(error instanceof KassaError);
  assert.equal(error.code, code);
  assert.ok(error.hint.length > 30, error.hint);
  return error;
}

// Row 8, M7
describe('an onStatus that never settles', () => {
  test('is given up: 503, told, and the next delivery runs it again', async () => {
    let isHanging = true;
    const shop = newShop({
      handlerTimeoutMs: 150,
      onStatus: (change) => (isHanging ? new Promise(() => undefined) : void shop.changes.push(change)),
    });
    const first = shop.deliver({ status: 'pending' });
    const second = shop.deliver({});
    for (const response of await Promise.all([first, second])) assert.equal(response.status, 503);
    assert.equal(shop.errors.length, 2);
    isHanging = false;
    assert.equal(await acceptanceOf(await shop.deliver({})), 'handled');
    assert.equal(shop.changes.length, 1);
  });

  test('keeps no other order waiting', async () => {
    const shop = newShop({
      handlerTimeoutMs: 5_000,
      onStatus: (change) => (change.trackingId === trackingId ? new Promise(() => undefined) : undefined),
    });
    void shop.deliver({});
    assert.equal(await acceptanceOf(await shop.deliver({ tracking_id: `${trackingId}-b` })), 'handled');
  });

  test('has 30 s, unless the shop says otherwise', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      let isAnswered = false;
      let answer: Promise<Response> | undefined;
      await new Promise<void>((isCalled) => {
        const hanging = newShop({
          onStatus: () => {
            isCalled();
            return new Promise(() => undefined);
          },
        });
        answer = hanging.deliver({}).finally(() => (isAnswered = true));
      });
      mock.timers.tick(29_999);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      assert.equal(isAnswered, false);
      mock.timers.tick(1);
      assert.equal((await answer)?.status, 503);
    } finally {
      mock.timers.reset();
    }
  });
});

// Row 9
describe('told once, with what to do', () => {
  test('an API key that has expired', async () => {
    const shop = newShop({ gatewayOptions: { apiKey: 'dev_kassa_expired' } });
    const { status, error } = await refusalOf(await shop.open());
    assert.deepEqual([status, error.code], [502, 'gateway-refused']);
    assert.match(toldOnce(shop, '1028').hint, /API key/);
  });

  test('a gateway that refuses the mint', async () => {
    const shop = newShop({ order: () => ({ ...order(trackingId), providerId: 999 }) });
    assert.equal((await shop.open({ flow: 'direct' })).status, 502);
    toldOnce(shop, '1016');
  });

  test('a gateway that does not answer', async () => {
    const shop = newShop({ gatewayOptions: { fetch: () => Promise.reject(new Error('cut')) } });
    assert.equal((await shop.open()).status, 503);
    toldOnce(shop, 'network');
  });

  for (const [code, status, headers] of [
    ['missing-signature', 401, {}],
    ['wrong-signature', 401, { 'x-signature': 'A'.repeat(40) }],
  ] as const) {
    test(`a webhook with a ${code.replace('-', ' ')}`, async () => {
      const shop = newShop();
      const request = new Request(`${SHOP}/kassa/webhook`, { method: 'POST', body: '{}', headers });
      assert.equal((await shop.kassa.fetch(request)).status, status);
      toldOnce(shop, code);
    });
  }

  test('a signed webhook that cannot be read', async () => {
    const shop = newShop();
    assert.equal((await shop.deliver({ amount: 'much' })).status, 400);
    toldOnce(shop, 'invalid-payload');
  });

  test('a handler that throws, with what it threw', async () => {
    const broken = new Error('the warehouse is closed');
    const shop = newShop({ onStatus: () => Promise.reject(broken) });
    assert.equal((await shop.deliver({})).status, 500);
    const { message, cause } = toldOnce(shop, 'handler-failed');
    assert.match(message, /the warehouse is closed/);
    assert.equal(cause, broken);
  });

  test('an order book that is full', async () => {
    const shop = newShop({ book: createMemoryBook({ maxOrders: 1 }) });
    assert.equal((await shop.deliver({ status: 'pending', tracking_id: `${trackingId}-b` })).status, 200);
    assert.equal((await shop.deliver({})).status, 503);
    toldOnce(shop, 'book-full');
  });

  test('a gateway that cannot say how an order stands, however often the page asks', async () => {
    let isDown = false;
    const shop = newShop({
      gatewayOptions: {
        fetch: (url, init) => (isDown ? Promise.reject(new Error('cut')) : fetch(url, init)),
      },
      now: () => Date.now() + shop.asked.length * 60_000,
    });
    const { statusUrl } = await shop.session();
    isDown = true;
    for (let times = 0; times < 3; times += 1) {
      assert.equal((await shop.report(statusUrl)).status, 'pending');
    }
    toldOnce(shop, 'network');
  });
});

describe('onError', () => {
  test('may throw or reject: the page and the gateway get their answers', async () => {
    mock.method(console, 'error', () => undefined);
    for (const onError of [
      () => {
        throw new Error('the logger is broken');
      },
      () => Promise.reject(new Error('the logger is broken')),
    ]) {
      const shop = newShop({ onError, onStatus: () => Promise.reject(new Error('closed')) });
      assert.equal((await shop.deliver({})).status, 500);
    }
    mock.reset();
  });

  test('left out, is console.error, which says what to do and no secret', async () => {
    const said: string[] = [];
    mock.method(console, 'error', (...words: unknown[]) => void said.push(words.join(' ')));
    const kassa = createKassa({
      gateway: gatewayOf(sandbox, { apiKey: 'dev_kassa_expired' }),
      order: () => order(trackingId),
    });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', body: '{"flow":"deposit"}', headers };
    await kassa.fetch(new Request(`${SHOP}/kassa/session`, init));
    mock.reset();
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^\[kassa\] .*1028.*Check the API key/);
    assert.ok(!said[0]?.includes('dev_kassa_expired') && !said[0]?.includes(PASSWORD));
  });
});

test('what a refusal tells the page is true', async () => {
  const shop = newShop({ gatewayOptions: { apiKey: 'dev_kassa_expired' } });
  const { error } = await refusalOf(await shop.open());
  assert.equal(error.hint, 'Nothing was charged by this request. The shop has been told why.');
});

// Rows 10 and 11, M8
describe('a status address', () => {
  test('is signed: without its signature there is nothing, and the gateway is not asked', async () => {
    const shop = newShop();
    const { statusUrl = '', token } = await shop.session();
    await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
    await sandbox.advance(1_000);
    const asked = shop.asked.length;
    const url = new URL(statusUrl);
    const right = url.searchParams.get('sig') ?? '';
    const { statusUrl: another } = await shop.kassa.addresses('another', SHOP);
    for (const sig of [
      undefined,
      '',
      'x',
      right.slice(1),
      `${right}0`,
      right.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      new URL(another).searchParams.get('sig') ?? '',
    ]) {
      if (sig === undefined) url.searchParams.delete('sig');
      else url.searchParams.set('sig', sig);
      for (const accept of ['application/json', 'text/event-stream']) {
        const response = await shop.kassa.fetch(new Request(url, { headers: { accept } }));
        const { status, error } = await refusalOf(response);
        assert.deepEqual([status, error.code], [404, 'no-such-status']);
        assert.ok(!JSON.stringify(error).includes(trackingId));
      }
    }
    assert.equal(shop.asked.length, asked);
    // A guess is nobody's fault to mend.
    assert.deepEqual(shop.errors, []);
    // Twenty guesses in ten seconds starved everybody.
    for (let guess = 0; guess < 40; guess += 1) {
      await shop.kassa.fetch(new Request(`${SHOP}/kassa/status/order-${guess}?sig=${'0'.repeat(64)}`));
    }
    assert.equal((await shop.report(statusUrl)).status, 'succeeded');
  });

  test('is signed with a key of its own, and a return address with another', async () => {
    const shop = newShop();
    const { statusUrl, returnUrl } = await shop.kassa.addresses(trackingId, SHOP);
    const sig = new URL(statusUrl).searchParams.get('sig') ?? '';
    const state = new URL(returnUrl).searchParams.get('state') ?? '';
    const [expires = '', mac = ''] = state.split('.');
    const { createHmac } = await import('node:crypto');
    for (const key of [PASSWORD, `return:${PASSWORD}`]) {
      const hmac = (text: string): string => createHmac('sha256', key).update(text).digest('hex');
      assert.notEqual(hmac(trackingId), sig);
      assert.notEqual(hmac(`${expires}.${trackingId}`), mac);
    }
    assert.notEqual(sig, mac);
    // What was signed for the one use is nothing for the other.
    const crossed = new URL(returnUrl);
    crossed.searchParams.set('state', `${expires}.${sig}.${trackingId}`);
    assert.equal((await shop.kassa.fetch(new Request(crossed))).status, 400);
  });

  test('outlives a change of the secret, while both are given', async () => {
    const old = await newShop().kassa.addresses(trackingId, SHOP);
    const both = newShop({ gatewayOptions: { signaturePassword: ['spg_new', PASSWORD] } });
    assert.equal((await both.report(old.statusUrl)).status, 'pending');
    const fresh = await both.kassa.addresses(trackingId, SHOP);
    assert.notEqual(fresh.statusUrl, old.statusUrl);
    const only = newShop({ gatewayOptions: { signaturePassword: 'spg_new' } });
    assert.equal((await only.report(fresh.statusUrl)).status, 'pending');
    assert.equal((await only.kassa.fetch(new Request(old.statusUrl))).status, 404);
  });

  test('needs a secret that is one', () => {
    for (const stateSecret of ['', '  ', 5 as unknown as string]) {
      assert.throws(() => newShop({ stateSecret }), { code: 'missing-option' });
    }
  });
});
