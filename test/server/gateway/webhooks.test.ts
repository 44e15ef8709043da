/** Receiving: V1 to V4, every input form, and words for the mistakes everybody makes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';
import { WebhookError } from '../../../src/server/errors.ts';
import { signWebhook, verifyWebhook } from '../../../src/server/gateway/webhooks.ts';
import { PUBLISHED_HASH, PUBLISHED_PASSWORD, WEBHOOKS } from '../../fixtures/gateway-examples.ts';
import { refusalOf } from '../../refusal.ts';

const PASSWORD = PUBLISHED_PASSWORD;
const SAMPLE = WEBHOOKS.withdrawal;
const BODY = JSON.stringify(SAMPLE);
const HASH = PUBLISHED_HASH;

const refusal = (call: Promise<unknown>): Promise<WebhookError> =>
  refusalOf(call, (error) => error instanceof WebhookError);

describe('verifyWebhook', () => {
  // G-20, V1
  test('takes the published sample with its published hash, in upper and lower case', async () => {
    for (const hash of [HASH, HASH.toLowerCase()]) {
      const event = await verifyWebhook(BODY, hash, PASSWORD);
      assert.deepEqual(
        { ...event, raw: undefined },
        {
          transactionId: 'r21nmrtpcmrcava',
          trackingId: 'b8f04416-116a-11ed-861d-0242ac120002',
          userId: '1111222',
          type: 'withdrawal',
          status: 'failed',
          rawStatus: 'rejected',
          amount: '200.00',
          currency: 'GBP',
          raw: undefined,
        },
      );
    }
  });

  // V2, A-1
  test('takes a body that was pretty-printed on its way, by its compact form', async () => {
    const pretty = JSON.stringify(SAMPLE, undefined, 4);
    assert.equal((await verifyWebhook(pretty, HASH, PASSWORD)).trackingId, SAMPLE.tracking_id);
  });

  // V4
  test('signs and checks other scripts as UTF-8', async () => {
    const body = JSON.stringify({
      ...SAMPLE,
      tracking_id: 't-é✓',
      transaction_type: 'deposit',
      rejected_reason: 'Kärte abgelehnt',
    });
    assert.equal(await signWebhook(body, PASSWORD), 'FCCDC70781E7F9FA1DB3CB14AD3FD2D68F09167D');
    const event = await verifyWebhook(body, 'FCCDC70781E7F9FA1DB3CB14AD3FD2D68F09167D', PASSWORD);
    assert.equal(event.reason, 'Kärte abgelehnt');
  });

  test('takes text, bytes and a whole request alike', async () => {
    const request = new Request('https://shop.example/kassa/webhook', {
      method: 'POST',
      body: BODY,
      headers: { 'x-signature': HASH },
    });
    for (const [raw, header] of [
      [BODY, HASH],
      [new TextEncoder().encode(BODY), HASH],
      [request, undefined],
    ] as const) {
      assert.equal((await verifyWebhook(raw, header, PASSWORD)).currency, 'GBP');
    }
  });

  test('takes several passwords while one is being replaced', async () => {
    await verifyWebhook(BODY, HASH, ['spg_test_new', PASSWORD]);
    assert.equal((await refusal(verifyWebhook(BODY, HASH, ['spg_test_new']))).code, 'wrong-signature');
  });

  // G-20: what Web Crypto computes is what Node computes.
  test('computes what node:crypto computes, for any text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(), fc.string({ minLength: 1 }), async (body, password) => {
        const expected = createHash('sha1')
          .update(body + password)
          .digest('hex')
          .toUpperCase();
        assert.equal(await signWebhook(body, password), expected);
      }),
    );
  });

  // G-22, A-4, A-5
  test('keeps an unknown status, a reason beside success, and unknown fields', async () => {
    const body = JSON.stringify({
      ...SAMPLE,
      status: 'on_hold',
      provider: 'simulator',
      rejected_reason: 'why not',
      extra: 1,
    });
    const event = await verifyWebhook(body, await signWebhook(body, PASSWORD), PASSWORD);
    assert.equal(event.status, 'unknown');
    assert.equal(event.rawStatus, 'on_hold');
    assert.equal(event.reason, 'why not');
    assert.deepEqual(event.raw.extra, 1);
  });

  // G-22, A-15: what a JavaScript number would make another order's id of
  test('keeps ids and amounts that no number holds, after a byte order mark as well', async () => {
    const body = BODY.replace(`"${SAMPLE.tracking_id}"`, '12345678901234567890')
      .replace(`"${SAMPLE.transaction_id}"`, '9007199254740993')
      .replace(`"${SAMPLE.amount}"`, '9007199254740993.01');
    for (const text of [body, `\uFEFF${body}`, `[${body}]`]) {
      for (const raw of [text, new TextEncoder().encode(text)]) {
        const event = await verifyWebhook(raw, await signWebhook(text, PASSWORD), PASSWORD);
        assert.deepEqual(
          [event.trackingId, event.transactionId, event.amount, event.status],
          ['12345678901234567890', '9007199254740993', '9007199254740993.01', 'failed'],
        );
      }
    }
  });

  // M9: signed, so read as far as it can be
  for (const [what, odd, expected] of [
    ['a provider of null', { provider: null }, {}],
    ['a reason of null', { rejected_reason: null }, {}],
    ['no shopper', { user_id: null }, { userId: '' }],
    ['no type', { transaction_type: null }, { type: '' }],
    ['each as the only one of a list', { status: ['rejected'], amount: ['200.00'] }, {}],
    ['a status with blanks', { status: ' rejected ' }, { rawStatus: ' rejected ' }],
    ['a reason that is no text', { rejected_reason: { code: 51 } }, {}],
    ['a shopper of another type', { user_id: [1] }, { userId: '' }],
    [
      'ids as numbers',
      { tracking_id: 1001, transaction_id: 7, user_id: 42 },
      {
        trackingId: '1001',
        transactionId: '7',
        userId: '42',
      },
    ],
    [
      'minor digits that yen have not',
      { amount: '1000.00', currency: 'JPY' },
      { amount: '1000', currency: 'JPY' },
    ],
    ['more zeros than needed', { amount: '10.0000', currency: 'EUR' }, { amount: '10.00', currency: 'EUR' }],
    ['fewer zeros than needed', { amount: '10.5', currency: 'KWD' }, { amount: '10.500', currency: 'KWD' }],
    ['a number', { amount: 200 }, { amount: '200.00' }],
    ['zeros in front, blanks around', { amount: ' 0010.05 ' }, { amount: '10.05' }],
    ['nothing at all', { amount: '0' }, { amount: '0.00' }],
    ['money that goes back', { amount: '-3.00', status: 'refunded' }, { amount: '-3.00', status: 'unknown' }],
    ['more than a cent can say', { amount: '10.005' }, { amount: '10.005' }],
    [
      'what is no currency of a state',
      { amount: '25.500000', currency: 'USDT' },
      { amount: '25.50', currency: 'USDT' },
    ],
    ['a currency in small letters', { currency: 'gbp' }, { currency: 'GBP' }],
  ] as const) {
    test(`reads ${what}`, async () => {
      const body = JSON.stringify({ ...SAMPLE, ...odd });
      const event = await verifyWebhook(body, await signWebhook(body, PASSWORD), PASSWORD);
      assert.deepEqual({ ...event, ...expected, raw: undefined }, { ...event, raw: undefined });
      assert.equal(event.provider, undefined);
      assert.equal(event.reason, undefined);
      assert.deepEqual(event.raw, JSON.parse(body));
    });
  }
});

describe('verifyWebhook refuses', () => {
  test('one changed byte, a wrong password, a missing and a mangled header', async () => {
    const changed = BODY.replace('200.00', '900.00');
    assert.equal((await refusal(verifyWebhook(changed, HASH, PASSWORD))).code, 'wrong-signature');
    assert.equal((await refusal(verifyWebhook(BODY, HASH, 'other'))).code, 'wrong-signature');
    assert.equal((await refusal(verifyWebhook(BODY, null, PASSWORD))).code, 'missing-signature');
    for (const header of [`${HASH}00`, HASH.slice(0, 39), ` ${HASH}`, 'x'.repeat(40), '０'.repeat(40)]) {
      assert.equal((await refusal(verifyWebhook(BODY, header, PASSWORD))).status, 401);
    }
  });

  test('a body that was parsed before, and says how to get the raw one', async () => {
    const parsed = { ...SAMPLE } as unknown as string;
    const error = await refusal(verifyWebhook(parsed, HASH, PASSWORD));
    assert.equal(error.code, 'already-parsed');
    assert.match(error.hint, /express\.raw/);
    const request = new Request('https://shop.example/', { method: 'POST', body: BODY });
    await request.text();
    assert.equal((await refusal(verifyWebhook(request, HASH, PASSWORD))).code, 'already-parsed');
  });

  test('a signed body that is no webhook, without repeating its values', async () => {
    for (const body of [
      '[]',
      '"x"',
      '{"status":"successful"}',
      '{',
      JSON.stringify({ ...SAMPLE, amount: '1e9' }),
      JSON.stringify({ ...SAMPLE, amount: '1,000.00' }),
      JSON.stringify({ ...SAMPLE, amount: '٢٠٠' }),
      JSON.stringify({ ...SAMPLE, amount: null }),
      JSON.stringify({ ...SAMPLE, amount: '' }),
      JSON.stringify({ ...SAMPLE, amount: 1e21 }),
      JSON.stringify({ ...SAMPLE, currency: null }),
      JSON.stringify({ ...SAMPLE, currency: '€' }),
      JSON.stringify({ ...SAMPLE, status: null }),
      JSON.stringify({ ...SAMPLE, tracking_id: null }),
      JSON.stringify({ ...SAMPLE, transaction_id: '' }),
    ]) {
      const error = await refusal(verifyWebhook(body, await signWebhook(body, PASSWORD), PASSWORD));
      assert.equal(error.code, 'invalid-payload');
      assert.equal(error.status, 400);
      assert.doesNotMatch(error.message, /1e9|successful/);
    }
  });

  // P9, F50
  test('a request that never ends, after its first 64 kB', async () => {
    let asked = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        asked += 1;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    const init = { method: 'POST', body, headers: { 'x-signature': HASH }, duplex: 'half' };
    const request = new Request('https://shop.example/kassa/webhook', init);
    await assert.rejects(verifyWebhook(request, undefined, PASSWORD), {
      code: 'invalid-payload',
      message: /larger than 64 kB/,
    });
    assert.ok(asked < 10, `${asked} pieces were read`);
  });

  test('anything at all, without throwing anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (body, header) => {
        await refusal(verifyWebhook(body, header, PASSWORD));
      }),
    );
  });
});
