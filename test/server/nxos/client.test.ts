/** The client alone, against a server that answers as it is told: what it sends, repeats, refuses and keeps to itself. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import { InputError, isApiError, WebhookError } from '../../../src/server/errors.ts';
import { createNxos } from '../../../src/server/nxos/client.ts';
import type { NxosOptions } from '../../../src/server/nxos/options.ts';
import { verifyNxosWebhook } from '../../../src/server/nxos/webhooks.ts';
import { signSvix } from '../../../src/wire/nxos/signature.ts';
import { refusalOf } from '../../refusal.ts';
import { NXOS } from '../../sandbox/running.ts';
import { type Asked, useAnswering } from '../answering.ts';

const answering = useAnswering();
const { pauses, hurried } = answering;

const nxos = (options: Partial<NxosOptions> = {}) =>
  createNxos({
    apiKey: 'nxos_sk_test_secret_0001',
    baseUrl: `${answering.server.url}/nxos`,
    ...hurried,
    ...options,
  });

const TRANSFER = {
  accountId: NXOS.account,
  beneficiaryId: NXOS.beneficiary,
  amount: '10.5',
  asset: 'USD',
} as const;
/** The documents' own answer. */
const DONE = {
  object: 'transaction',
  transactionId: `txn_${'0'.repeat(32)}`,
  type: 'NXOSNET_TRANSFER',
  status: 'COMPLETED',
  accountId: NXOS.account,
  beneficiaryId: NXOS.beneficiary,
  amount: '10.50',
  asset: 'USD',
  targetHandle: 'acme',
  createdAt: '2026-11-21T12:00:00.000Z',
};
const refused = (code: string, status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body: { error: { code, message: 'no', requestId: 'req_1' } },
});

describe('what is sent', () => {
  //
  test('the documented body at native scale, the key of the account, and an idempotency key of its own', async () => {
    answering.server.answers = [{ body: DONE }];
    const sent = await nxos().sendTransfer({ ...TRANSFER, note: 'hi' });
    const [{ method, url, headers, body }] = answering.server.asked as [Asked];
    assert.equal(`${method} ${url}`, 'POST /nxos/v1/transactions/nxosnet-transfers');
    assert.deepEqual(JSON.parse(body), { ...TRANSFER, amount: '10.50', note: 'hi' });
    assert.equal(headers.authorization, 'Bearer nxos_sk_test_secret_0001');
    assert.match(String(headers['idempotency-key']), /^[0-9a-f-]{36}$/);
    assert.equal(sent.idempotencyKey, headers['idempotency-key']);
    assert.equal(sent.replayed, false);
  });

  test('a key that is given, and that it was a replay is told', async () => {
    answering.server.answers = [{ body: DONE, headers: { 'idempotent-replayed': 'true' } }];
    const sent = await nxos().sendTransfer(TRANSFER, { idempotencyKey: 'order-42' });
    assert.deepEqual([sent.idempotencyKey, sent.replayed], ['order-42', true]);
    assert.equal(answering.server.asked[0]?.headers['idempotency-key'], 'order-42');
  });

  //
  test('for whom, where it is for somebody else', async () => {
    answering.server.answers = [{ body: DONE }];
    await nxos({ onBehalfOf: 'org_1' }).sendTransfer(TRANSFER);
    assert.equal(answering.server.asked[0]?.headers['nxos-on-behalf-of'], 'org_1');
  });

  //
  test('nothing, for what is malformed: the field is named', async () => {
    const client = nxos();
    for (const [change, path] of [
      [{ amount: 10.5 }, 'amount'],
      [{ amount: '10.501' }, 'amount'],
      [{ amount: '0' }, 'amount'],
      [{ amount: '1e3' }, 'amount'],
      [{ asset: 'usd' }, 'asset'],
      [{ accountId: NXOS.beneficiary }, 'accountId'],
      [{ beneficiaryId: 'bene_1' }, 'beneficiaryId'],
      [{ tags: Array<string>(21).fill('t') }, 'tags'],
      [{ tags: ['t'.repeat(101)] }, 'tags.0'],
      [{ metadata: { text: 'x'.repeat(4_096) } }, 'metadata'],
    ] as const) {
      await assert.rejects(
        async () => client.sendTransfer({ ...TRANSFER, ...change } as typeof TRANSFER),
        (error: unknown) => error instanceof InputError && error.fields[0]?.path === path,
        path,
      );
    }
    await assert.rejects(
      async () => client.sendTransfer(TRANSFER, { idempotencyKey: 'k'.repeat(256) }),
      InputError,
    );
    await assert.rejects(async () => client.getAccount('acct_1/../..'), InputError);
    assert.equal(answering.server.asked.length, 0);
  });

  //
  test('no payout that cannot arrive, and no beneficiary that is none', async () => {
    const client = nxos();
    const { accountId, beneficiaryId } = TRANSFER;
    for (const [call, path] of [
      [
        () => client.sendCryptoPayout({ accountId, beneficiaryId, amount: '1.0000001', asset: 'USDC' }),
        'amount',
      ],
      [
        () => client.sendFiatPayout({ accountId, beneficiaryId: 'bene_1', amount: '1', asset: 'EUR' }),
        'beneficiaryId',
      ],
      [
        () =>
          client.createCryptoBeneficiary({
            accountId,
            nickname: 'x',
            chainName: 'TRON_NILE',
            address: '0x1',
          }),
        'address',
      ],
      [
        () =>
          client.createBankBeneficiary({
            accountId,
            nickname: 'x',
            bankName: 'Bank',
            method: 'SEPA',
            currency: 'EUR',
            iban: 'DE88370400440532013000',
          }),
        'iban',
      ],
    ] as const) {
      await assert.rejects(
        call,
        (error: unknown) => error instanceof InputError && error.fields[0]?.path === path,
        path,
      );
    }
    assert.equal(answering.server.asked.length, 0);
  });

  test('a fee is asked for by what it depends on', async () => {
    answering.server.answers = [{ body: { fixed: '0.50', bps: 15, asset: 'EUR' } }];
    assert.equal((await nxos().getFiatPayoutFee({ method: 'SEPA', asset: 'EUR' })).bps, 15);
    assert.equal(answering.server.asked[0]?.url, '/nxos/v1/fees/fiat-payout?method=SEPA&asset=EUR');
  });

  // 9007199254740993 is no float
  test('a large amount to the last cent', async () => {
    answering.server.answers = [{ body: { ...DONE, amount: '9007199254740993.01' } }];
    const { amount } = await nxos().sendTransfer({ ...TRANSFER, amount: '9007199254740993.01' });
    assert.equal(amount, '9007199254740993.01');
    assert.match(answering.server.asked[0]?.body ?? '', /"9007199254740993.01"/);
  });
});

describe('retries', () => {
  const failing = (count: number, answer: (typeof answering.server.answers)[0]) => [
    ...Array.from({ length: count }, () => answer),
    { body: DONE },
  ];
  const keys = () => new Set(answering.server.asked.map(({ headers }) => headers['idempotency-key']));

  // F42, F43
  test('a write is repeated under one key, with the same bytes, when Nxos is at fault', async () => {
    for (const answer of [
      { status: 500, body: '<html>' },
      refused('upstream_error', 502),
      refused('authentication_failed', 401),
      refused('idempotency_request_in_flight', 409),
      { body: '{"half":' },
    ]) {
      answering.server.asked.length = 0;
      answering.server.answers = failing(4, answer);
      await nxos().sendTransfer(TRANSFER);
      assert.equal(answering.server.asked.length, 5, JSON.stringify(answer));
      assert.equal(keys().size, 1);
      assert.equal(new Set(answering.server.asked.map(({ body }) => body)).size, 1);
    }
    assert.deepEqual(pauses.slice(0, 4), [500, 1_000, 2_000, 4_000]);
  });

  test('five times in all, then the error says so', async () => {
    answering.server.answers = [{ status: 503, body: '' }];
    const error = await refusalOf(nxos().sendTransfer(TRANSFER), isApiError);
    assert.deepEqual([answering.server.asked.length, error.kind, error.retryable], [5, 'transient', true]);
  });

  test('what is refused is not', async () => {
    for (const [code, status, kind] of [
      ['insufficient_funds', 409, 'state'],
      ['idempotency_key_in_use', 409, 'request'],
      ['invalid_api_key', 401, 'auth'],
      ['account_not_found', 404, 'not-found'],
      ['a_new_code', 409, 'state'],
    ] as const) {
      answering.server.asked.length = 0;
      answering.server.answers = [refused(code, status)];
      const error = await refusalOf(nxos().sendTransfer(TRANSFER), isApiError);
      assert.deepEqual([answering.server.asked.length, error.code, error.kind], [1, code, kind]);
      assert.match(error.hint, /req_1/);
    }
  });

  // F45
  test('waits as long as it is asked to, within reason', async () => {
    const now = Date.UTC(2026, 10, 21, 12);
    for (const [header, wait] of [
      ['7', 7_000],
      ['Sat, 21 Nov 2026 12:00:09 GMT', 9_000],
      ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
      ['soon', 500],
      ['-5', 500],
    ] as const) {
      pauses.length = 0;
      answering.server.answers = failing(1, refused('rate_limit_exceeded', 429, { 'retry-after': header }));
      await nxos({ now: () => now }).sendTransfer(TRANSFER);
      assert.deepEqual(pauses, [wait], header);
    }
    answering.server.asked.length = 0;
    answering.server.answers = [refused('rate_limit_exceeded', 429, { 'retry-after': '3600' })];
    const error = await refusalOf(nxos().sendTransfer(TRANSFER), isApiError);
    assert.deepEqual([answering.server.asked.length, error.retryAfterMs], [1, 3_600_000]);
  });
});

describe('lists', () => {
  const page = (name: string, nextCursor: string | null) => ({
    body: {
      object: 'list',
      data: [
        {
          object: 'webhook_endpoint',
          id: `ep_${name.repeat(24)}`,
          url: 'https://shop.example/',
          description: null,
          disabled: false,
          eventTypes: [],
          createdAt: '',
          updatedAt: '',
        },
      ],
      hasMore: nextCursor !== null,
      nextCursor,
    },
  });

  //
  test('are asked for page by page, and no further than they are read', async () => {
    answering.server.answers = [page('a', 'two'), page('b', null)];
    const seen: string[] = [];
    for await (const { id } of nxos().listWebhookEndpoints()) {
      seen.push(id.slice(0, 4));
      assert.equal(answering.server.asked.length, seen.length);
    }
    assert.deepEqual(seen, ['ep_a', 'ep_b']);
    assert.match(answering.server.asked[1]?.url ?? '', /cursor=two/);

    answering.server.asked.length = 0;
    answering.server.answers = [page('a', 'two')];
    for await (const _first of nxos().listWebhookEndpoints()) break;
    assert.equal(answering.server.asked.length, 1);
  });
});

//
test('a client that cannot work says so when it is made', () => {
  for (const [options, code] of [
    [{ apiKey: undefined }, 'missing-option'],
    [{ apiKey: '' }, 'missing-option'],
    [{ apiKey: 'nxos_sk_test_x', baseUrl: 'https://api.nxos.io' }, 'environment-mismatch'],
    [{ apiKey: 'nxos_sk_live_x', baseUrl: 'https://api.sandbox.nxos.io' }, 'environment-mismatch'],
    [{ apiKey: 'nxos_sk_live_x', baseUrl: 'http://127.0.0.1:4010/nxos' }, 'environment-mismatch'],
    [{ apiKey: 'nxos_sk_test_x', baseUrl: 'http://nxos.example' }, 'insecure-url'],
  ] as const) {
    assert.throws(
      () => createNxos(options),
      (error: unknown) =>
        error instanceof OptionsError && error.code === code && !error.message.includes('_x'),
    );
  }
  createNxos({ apiKey: 'nxos_sk_test_x' });
  createNxos({ apiKey: 'nxos_sk_live_x' });
});

// G16
test('no error holds the key, however it is printed', async () => {
  answering.server.answers = [refused('invalid_request', 400)];
  const error = await refusalOf(nxos().sendTransfer(TRANSFER), isApiError);
  assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /secret_0001/);
});

describe('webhooks', () => {
  const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
  const BODY = '{"type":"transaction.status.updated","timestamp":"2025-06-15T15:06:40.000Z","data":{}}';
  const AT = 1_750_000_000;
  const HEADERS = {
    'svix-id': 'msg_test1',
    'svix-timestamp': String(AT),
    'svix-signature': 'v1,E3Da94ohE+8Uk1HxMcdt6rDi3NO0WIoyfgs/eHvO3sY=',
  };
  const at = (seconds: number) => ({ now: () => (AT + seconds) * 1_000 });
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'believed',
      (error: unknown) => (error instanceof WebhookError ? error.code : String(error)),
    );

  // X-21, V5
  test('the published vector is believed, as text, bytes and request', async () => {
    assert.equal(
      await signSvix({ id: 'msg_test1', timestamp: AT, body: BODY }, SECRET),
      HEADERS['svix-signature'],
    );
    const request = new Request('https://shop.example/', { method: 'POST', body: BODY, headers: HEADERS });
    for (const [raw, headers] of [
      [BODY, HEADERS],
      [new TextEncoder().encode(BODY), HEADERS],
      [request, undefined],
    ] as const) {
      const event = await verifyNxosWebhook(raw, headers, SECRET, at(0));
      assert.deepEqual([event.id, event.type], ['msg_test1', 'transaction.status.updated']);
    }
  });

  // A7: Standard Webhooks' own vector
  test('so is that of Standard Webhooks', async () => {
    const signature = await signSvix(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' },
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    );
    assert.equal(signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  test('one of several signatures and one of several secrets is enough', async () => {
    const other = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
    const headers = { ...HEADERS, 'svix-signature': `v1a,zzz v1,AAAA ${HEADERS['svix-signature']}` };
    await verifyNxosWebhook(BODY, headers, [other, SECRET], at(0));
    assert.equal(await codeOf(verifyNxosWebhook(BODY, headers, other, at(0))), 'wrong-signature');
  });

  // N1, N2, N3
  test('five minutes to either side, and no mistake switches that off', async () => {
    for (const seconds of [300, -300]) await verifyNxosWebhook(BODY, HEADERS, SECRET, at(seconds));
    for (const seconds of [301, -301]) {
      assert.equal(await codeOf(verifyNxosWebhook(BODY, HEADERS, SECRET, at(seconds))), 'too-old');
      for (const tolerance of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        const options = { ...at(seconds), tolerance };
        assert.equal(await codeOf(verifyNxosWebhook(BODY, HEADERS, SECRET, options)), 'too-old');
      }
      await verifyNxosWebhook(BODY, HEADERS, SECRET, { ...at(seconds), tolerance: false });
    }
    const junk = { ...HEADERS, 'svix-timestamp': `${AT}abc` };
    assert.equal(await codeOf(verifyNxosWebhook(BODY, junk, SECRET, at(0))), 'wrong-signature');
  });

  test('anything changed, missing or parsed before is not believed', async () => {
    for (const [raw, headers, code] of [
      [BODY.replace('updated', 'upbated'), HEADERS, 'wrong-signature'],
      [BODY, { ...HEADERS, 'svix-id': 'msg_test2' }, 'wrong-signature'],
      [BODY, { ...HEADERS, 'svix-timestamp': String(AT + 1) }, 'wrong-signature'],
      [BODY, { ...HEADERS, 'svix-signature': '' }, 'missing-signature'],
      [BODY, undefined, 'missing-signature'],
      [JSON.parse(BODY) as string, HEADERS, 'already-parsed'],
    ] as const) {
      assert.equal(await codeOf(verifyNxosWebhook(raw, headers, SECRET, at(0))), code);
    }
  });
});
