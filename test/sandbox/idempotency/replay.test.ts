/** The first answer to a keyed request and each replay of it are the same, byte for byte, whatever the answer is. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Hono } from 'hono';
import { NIXO_CODES, type NixoErrorCode } from '../../../src/model/nixo/codes.ts';
import { NXOS_CODES, type NxosErrorCode } from '../../../src/model/nxos/codes.ts';
import { answerWrite } from '../../../src/sandbox/idempotency/answer-write.ts';
import { createIdempotency } from '../../../src/sandbox/idempotency/idempotency.ts';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { NixoRefusal, refusalOf as nixoRefusalOf } from '../../../src/sandbox/nixo/errors.ts';
import { NxosRefusal, refusalOf as nxosRefusalOf } from '../../../src/sandbox/nxos/errors.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { createWorld } from '../../../src/sandbox/world.ts';
import { PAYOUT } from '../../fixtures/nixo-examples.ts';
import { NXOS, startTestSandbox } from '../running.ts';

describe('every code', () => {
  let store: Store;
  before(async () => {
    store = await openStore({});
  });
  after(() => store.close());

  /** A route that is refused so. */
  const appThat = (system: 'nixo' | 'nxos', error: Error): Hono => {
    const world = createWorld({});
    const idempotency = createIdempotency(store.db, world);
    const app = new Hono();
    app.post('/write', async ({ req }) =>
      answerWrite({
        db: store.db,
        idempotency,
        system,
        scope: 'somebody',
        request: req,
        act: () => Promise.reject(error),
        // Nxos's route makes the body with the id of the request; Nixo's hands its refusal on as it is.
        refusal: (thrown) => {
          if (system === 'nixo') return nixoRefusalOf(thrown);
          const refusal = nxosRefusalOf(thrown);
          return (
            refusal && { status: refusal.status, body: JSON.stringify({ error: { code: refusal.code } }) }
          );
        },
        badKey: (message) => new Error(message),
      }),
    );
    return app;
  };

  const cases = [
    ...Object.keys(NIXO_CODES).map((code) => ['nixo', code, new NixoRefusal(code as NixoErrorCode)] as const),
    ...Object.keys(NXOS_CODES).map((code) => ['nxos', code, new NxosRefusal(code as NxosErrorCode)] as const),
  ];
  for (const [system, code, refusal] of cases) {
    // M10, N-03, N-13, X-15, X-20
    test(`${system}: ${code} at first and on each replay`, async () => {
      const app = appThat(system, refusal);
      const ask = async () => {
        const response = await app.request('/write', {
          method: 'POST',
          headers: { 'idempotency-key': `key-${system}-${code}` },
          body: '{}',
        });
        return `${response.status} ${response.headers.get('content-type') ?? ''} ${await response.text()}`;
      };
      const first = await ask();
      assert.match(first, new RegExp(`^${refusal.status} application/json .*"${code}"`));
      assert.equal(await ask(), first);
      assert.equal(await ask(), first);
    });
  }
});

describe('at the sandbox', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.close());

  const post = async (path: string, key: string, idempotencyKey: string, body: object) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      text: await response.text(),
      replayed: response.headers.get('idempotent-replayed'),
    };
  };

  // M10
  test('60 payouts at once, some of them refused: each first answer is its replay', async () => {
    const payout = (at: number) =>
      post('/nixo/v1/payouts', 'sk_sandbox_kassa_0001', `k-${at}`, {
        ...PAYOUT,
        amount: at % 3 === 0 ? 0 : 5_000,
      });
    const numbers = Array.from({ length: 60 }, (_, at) => at);
    const first = await Promise.all(numbers.map(payout));
    for (const [at, answer] of first.entries()) {
      assert.ok([201, 400].includes(answer.status) && answer.text !== '', `${answer.status} ${answer.text}`);
      const again = await payout(at);
      assert.deepEqual([again.status, again.text, again.replayed], [answer.status, answer.text, 'true']);
    }
    assert.equal(first.filter(({ status }) => status === 201).length, 20);
  });

  //
  test('a transfer that is refused has its id of the request on the replay too', async () => {
    const transfer = {
      accountId: NXOS.account,
      beneficiaryId: NXOS.beneficiary,
      amount: '9999999.00',
      asset: 'USD',
    };
    const ask = () =>
      post('/nxos/v1/transactions/nxosnet-transfers', 'nxos_sk_test_kassa_a', 'k-1', transfer);
    const first = await ask();
    assert.equal(first.status, 409);
    assert.equal((await ask()).text, first.text);
  });

  // D15, N-13, N-15, G-18, X-20
  test('a 500 looks as each system’s own does', async () => {
    const at = async (path: string, headers: Record<string, string>) => {
      const response = await fetch(`${sandbox.url}${path}`, {
        headers: { ...headers, 'x-sandbox-fault': '500' },
      });
      assert.equal(response.status, 500);
      return (await response.json()) as { message?: string; error?: { code: string; requestId?: string } };
    };
    const nixo = await at('/nixo/v1/payouts', { authorization: 'Bearer sk_sandbox_kassa_0001' });
    assert.deepEqual(nixo, { error: { code: 'internal_error', message: 'Nixo is at fault' } });
    const nxos = await at('/nxos/v1/accounts', { authorization: 'Bearer nxos_sk_test_kassa_a' });
    assert.equal(nxos.error?.code, 'internal_error');
    assert.match(nxos.error.requestId ?? '', /^req_/);
    assert.equal(
      typeof (await at('/gateway/api/v1/transactions', { 'x-api-key': 'dev_kassa_0001' })).message,
      'string',
    );
  });
});
