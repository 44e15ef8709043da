/** The client alone, against a server that answers as it is told: what it sends, repeats, refuses and keeps to itself. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import { InputError, isApiError, WebhookError } from '../../../src/server/errors.ts';
import { createNixo } from '../../../src/server/nixo/client.ts';
import type { NixoOptions } from '../../../src/server/nixo/options.ts';
import type { PayoutOrder } from '../../../src/server/nixo/payouts.ts';
import { verifyNixoWebhook } from '../../../src/server/nixo/webhooks.ts';
import { signNixo } from '../../../src/wire/nixo/signature.ts';
import { PAYOUT } from '../../fixtures/nixo-examples.ts';
import { refusalOf } from '../../refusal.ts';
import { type Asked, useAnswering } from '../answering.ts';

const answering = useAnswering();
const { pauses, hurried } = answering;

const nixo = (options: Partial<NixoOptions> = {}) =>
  createNixo({
    apiKey: 'sk_sandbox_secret_0001',
    baseUrl: `${answering.server.url}/nixo`,
    ...hurried,
    ...options,
  });

const ORDER = {
  amount: '250',
  currency: 'USD',
  destinationCountry: 'MA',
  recipient: { fullName: PAYOUT.recipient.full_name, accountIban: PAYOUT.recipient.account_iban },
  reference: PAYOUT.reference,
  metadata: PAYOUT.metadata,
} as const;
const DONE = {
  id: 'pyt_abcdefghijkl',
  object: 'payout',
  amount: 250,
  currency: 'USD',
  status: 'processing',
  created: 1_750_000_000,
};
const refused = (code: string, status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers,
  body: { error: { code, message: 'no', field: 'amount' } },
});

describe('what is sent', () => {
  // N-01, N-02, N-03, N-04
  test('the documented body, the version, the key of the account, and an idempotency key of its own', async () => {
    answering.server.answers = [{ body: DONE }];
    const sent = await nixo().createPayout(ORDER);
    const [{ method, url, headers, body }] = answering.server.asked as [Asked];
    assert.equal(`${method} ${url}`, 'POST /nixo/v1/payouts');
    assert.deepEqual(JSON.parse(body), PAYOUT);
    assert.equal(headers.authorization, 'Bearer sk_sandbox_secret_0001');
    assert.equal(headers['nixo-version'], '2025-01-01');
    assert.match(String(headers['idempotency-key']), /^[0-9a-f-]{36}$/);
    assert.equal(sent.idempotencyKey, headers['idempotency-key']);
    assert.deepEqual(
      [sent.amount, sent.status, sent.rawStatus, sent.createdAt, sent.replayed],
      ['250.00', 'pending', 'processing', '2025-06-15T15:06:40.000Z', false],
    );
  });

  // N-03
  test('a key that is given, and that it was a replay is told', async () => {
    answering.server.answers = [{ body: DONE, headers: { 'idempotent-replayed': 'true' } }];
    const sent = await nixo().createPayout(ORDER, { idempotencyKey: 'order-42' });
    assert.deepEqual([sent.idempotencyKey, sent.replayed], ['order-42', true]);
  });

  // N-04, A-28
  test('nothing, for what is malformed: the field is named', async () => {
    const client = nixo();
    for (const [order, path] of [
      [{ ...ORDER, amount: '0' }, 'amount'],
      [{ ...ORDER, amount: '-1' }, 'amount'],
      [{ ...ORDER, amount: '10.001' }, 'amount'],
      [{ ...ORDER, amount: 250 }, 'amount'],
      [{ ...PAYOUT, amount: 0 }, 'amount'],
      [{ ...PAYOUT, amount: 0.1 + 0.2 }, 'amount'],
      [{ ...ORDER, destinationCountry: 'Morocco' }, 'destinationCountry'],
      [{ ...ORDER, recipient: { ...ORDER.recipient, accountIban: 'x' } }, 'recipient.accountIban'],
    ] as const) {
      await assert.rejects(
        client.createPayout(order as unknown as PayoutOrder),
        (error: unknown) => error instanceof InputError && error.fields[0]?.path === path,
        path,
      );
    }
    await assert.rejects(client.createPayout(ORDER, { idempotencyKey: 'k'.repeat(256) }), InputError);
    assert.equal(answering.server.asked.length, 0);
  });
});

describe('retries', () => {
  // N-15, F42, F43
  test('a write is repeated under one key, with the same bytes, when Nixo is at fault', async () => {
    for (const answer of [
      { status: 500, body: '<html>' },
      refused('internal_error', 500),
      refused('idempotency_in_flight', 409),
      { body: '{"half":' },
    ]) {
      answering.server.asked.length = 0;
      answering.server.answers = [...Array.from({ length: 4 }, () => answer), { body: DONE }];
      await nixo().createPayout(ORDER);
      assert.equal(answering.server.asked.length, 5);
      assert.equal(new Set(answering.server.asked.map(({ headers }) => headers['idempotency-key'])).size, 1);
      assert.equal(new Set(answering.server.asked.map(({ body }) => body)).size, 1);
    }
    assert.deepEqual(pauses.slice(0, 4), [500, 1_000, 2_000, 4_000]);
  });

  test('five times in all, then the error says so', async () => {
    answering.server.answers = [{ status: 503, body: '' }];
    const error = await refusalOf(nixo().getPayout('pyt_abcdefghijkl'), isApiError);
    assert.deepEqual([answering.server.asked.length, error.kind, error.retryable], [5, 'transient', true]);
  });

  // N-13
  test('what is refused is not', async () => {
    for (const [code, status, kind] of [
      ['invalid_request', 400, 'request'],
      ['invalid_api_key', 401, 'auth'],
      ['permission_denied', 403, 'auth'],
      ['idempotency_conflict', 409, 'request'],
      ['a_new_code', 404, 'not-found'],
    ] as const) {
      answering.server.asked.length = 0;
      answering.server.answers = [refused(code, status)];
      const error = await refusalOf(nixo().createPayout(ORDER), isApiError);
      assert.deepEqual([answering.server.asked.length, error.code, error.kind], [1, code, kind]);
      assert.deepEqual(error.fields, [{ path: 'amount', message: 'no' }]);
    }
  });

  // N-14, F45
  test('waits as long as it is asked to, within reason', async () => {
    answering.server.answers = [refused('rate_limit_exceeded', 429, { 'retry-after': '7' }), { body: DONE }];
    await nixo().createPayout(ORDER);
    assert.deepEqual(pauses, [7_000]);
    answering.server.asked.length = 0;
    answering.server.answers = [refused('rate_limit_exceeded', 429, { 'retry-after': '3600' })];
    const error = await refusalOf(nixo().createPayout(ORDER), isApiError);
    assert.deepEqual([answering.server.asked.length, error.retryAfterMs], [1, 3_600_000]);
  });
});

describe('lists', () => {
  // N-05, A-30
  test('are asked for page by page, and no further than they are read, whatever the cursor is called', async () => {
    for (const pages of [
      [{ has_more: true }, { has_more: false }],
      [
        { hasMore: true, nextCursor: 'pyt_abcdefghijkl' },
        { hasMore: false, nextCursor: null },
      ],
    ]) {
      answering.server.asked.length = 0;
      answering.server.answers = pages.map((page, at) => ({
        body: { object: 'list', data: [at === 0 ? DONE : { ...DONE, id: 'pyt_000000000002' }], ...page },
      }));
      let seen = 0;
      for await (const _payout of nixo().listPayouts({ status: 'failed' })) {
        seen += 1;
        assert.equal(answering.server.asked.length, seen);
      }
      assert.equal(seen, 2);
      assert.match(
        answering.server.asked[1]?.url ?? '',
        /status=failed&limit=100&starting_after=pyt_abcdefghijkl$/,
      );
    }
  });
});

// N-01
test('a client that cannot work says so when it is made', () => {
  for (const [options, code] of [
    [{ apiKey: undefined }, 'missing-option'],
    [{ apiKey: 'sk_sandbox_x', baseUrl: 'https://api.nixo.top' }, 'environment-mismatch'],
    [{ apiKey: 'sk_live_x', baseUrl: 'https://api.sandbox.nixo.top' }, 'environment-mismatch'],
    [{ apiKey: 'sk_sandbox_x', baseUrl: 'http://nixo.example' }, 'insecure-url'],
  ] as const) {
    assert.throws(
      () => createNixo(options),
      (error: unknown) =>
        error instanceof OptionsError && error.code === code && !error.message.includes('_x'),
    );
  }
  createNixo({ apiKey: 'sk_sandbox_x' });
  createNixo({ apiKey: 'sk_live_x' });
});

// G16
test('no error holds the key, however it is printed', async () => {
  answering.server.answers = [refused('invalid_request', 400)];
  const error = await refusalOf(nixo().createPayout(ORDER), isApiError);
  assert.doesNotMatch(inspect(error, { depth: 9, showHidden: true }), /secret_0001/);
});

describe('webhooks', () => {
  const SECRET = 'nixo_whsec_test_0001';
  const AT = 1_750_000_000;
  const BODY = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'payout.succeeded',
    created: AT,
    data: { object: { ...DONE, status: 'succeeded' } },
  });
  const at = (seconds: number) => ({ now: () => (AT + seconds) * 1_000 });
  const signed = async (time: number | string = AT): Promise<string> =>
    `t=${time},v1=${await signNixo(BODY, Number(time), SECRET)}`;
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'believed',
      (error: unknown) => (error instanceof WebhookError ? error.code : String(error)),
    );

  // V6
  test('the vector is that of the documents of Kassa', async () => {
    assert.equal(
      await signNixo('{"id":"evt_1","type":"payout.succeeded"}', AT, SECRET),
      'a7a4a3a7fd55795d0a81ad6f0f467720b44567ccc278df0774e2c4c1c9feb873',
    );
  });

  // N-12
  test('an event is believed and told apart by its type', async () => {
    const event = await verifyNixoWebhook(BODY, await signed(), SECRET, at(0));
    assert.ok(event.type === 'payout.succeeded');
    assert.equal(event.data.object.id, DONE.id);
    const request = new Request('https://shop.example/', {
      method: 'POST',
      body: BODY,
      headers: { 'nixo-signature': await signed() },
    });
    assert.equal((await verifyNixoWebhook(request, undefined, SECRET, at(0))).id, 'evt_1');
  });

  test('one of several signatures and one of several secrets is enough', async () => {
    const header = `${await signed()},v1=00`;
    await verifyNixoWebhook(BODY, header, ['another', SECRET], at(0));
    assert.equal(await codeOf(verifyNixoWebhook(BODY, header, 'another', at(0))), 'wrong-signature');
  });

  test('five minutes to either side, and no mistake switches that off', async () => {
    const header = await signed();
    for (const seconds of [300, -300]) await verifyNixoWebhook(BODY, header, SECRET, at(seconds));
    for (const seconds of [301, -301]) {
      for (const tolerance of [300, 0, -1, Number.NaN]) {
        const options = { ...at(seconds), tolerance };
        assert.equal(await codeOf(verifyNixoWebhook(BODY, header, SECRET, options)), 'too-old');
      }
    }
  });

  test('anything changed, missing or parsed before is not believed', async () => {
    const header = await signed();
    for (const [raw, signature, code] of [
      [BODY.replace('succeeded', 'sacceeded'), header, 'wrong-signature'],
      [BODY, header.replace(String(AT), String(AT + 1)), 'wrong-signature'],
      [BODY, header.replace(`t=${AT}`, `t=${AT}abc`), 'wrong-signature'],
      [BODY, '', 'missing-signature'],
      [JSON.parse(BODY) as string, header, 'already-parsed'],
    ] as const) {
      assert.equal(await codeOf(verifyNixoWebhook(raw, signature, SECRET, at(0))), code);
    }
  });

  // N-12: the vendor's own scheme is in no document
  test('another scheme can stand in', async () => {
    const scheme = ({ signature, secrets }: { signature: string; secrets: readonly string[] }) =>
      Promise.resolve(secrets.includes(signature) ? AT : undefined);
    assert.equal((await verifyNixoWebhook(BODY, 'shared', 'shared', { ...at(0), scheme })).id, 'evt_1');
    assert.equal(
      await codeOf(verifyNixoWebhook(BODY, 'other', 'shared', { ...at(0), scheme })),
      'wrong-signature',
    );
  });
});
