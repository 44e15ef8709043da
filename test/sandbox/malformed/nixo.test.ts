/** Whatever is sent to Nixo: never a 500, and what is refused changes nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { PAYOUT } from '../../fixtures/nixo-examples.ts';
import { startTestSandbox } from '../running.ts';
import { createJudge, malformed, oddText, RUNS_FOR_TEXT, runsFor, wellFormed } from './malformed.ts';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());

const headers = { authorization: 'Bearer sk_sandbox_kassa_0001' };
const ask = (method: string, path: string, body?: string): Promise<Response> =>
  fetch(`${sandbox.url}/nixo/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

/** Without a socket: it is read after every request. */
async function read(path: string): Promise<string> {
  const answer = await sandbox.fetch(new Request(`${sandbox.url}/nixo/v1${path}`, { headers }));
  assert.equal(answer.status, 200);
  return answer.text();
}

/** What a refusal must not touch. */
const standing = async (): Promise<string> =>
  (await read('/accounts/me/balances')) + (await read('/payouts?limit=1'));

const { answers, survives } = createJudge({ refusal: /^\{"error":\{"code":"[a-z_]+","message":"/, standing });

const BODIES: Readonly<Record<string, object>> = {
  '/payouts': { ...PAYOUT, amount: 0.01, source_account: 'me' },
  '/accounts': {
    type: 'customer',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    country: 'GB',
    metadata: { a: 1 },
  },
};

describe('malformed requests to each operation', () => {
  for (const [path, body] of Object.entries(BODIES)) {
    test(`POST ${path}`, async () => {
      await fc.assert(
        fc.asyncProperty(malformed(body), (text) => survives(() => ask('POST', path, text))),
        { numRuns: runsFor(body) },
      );
    });
  }

  for (const [operation, method, path] of [
    ['GET a payout', 'GET', (id: string) => `/payouts/${id}`],
    ['POST a cancellation', 'POST', (id: string) => `/payouts/${id}/cancel`],
    ['GET an account', 'GET', (id: string) => `/accounts/${id}`],
    ['GET balances', 'GET', (id: string) => `/accounts/${id}/balances`],
  ] as const) {
    test(operation, async () => {
      await fc.assert(
        fc.asyncProperty(oddText, async (id) => {
          await answers(() => ask(method, path(encodeURIComponent(wellFormed(id) || 'x'))));
        }),
        { numRuns: RUNS_FOR_TEXT },
      );
    });
  }

  test('GET lists', async () => {
    const names = ['limit', 'starting_after', 'status', 'currency', 'created_gte', 'created_lte'];
    const query = fc.dictionary(fc.constantFrom(...names), oddText.map(wellFormed));
    await fc.assert(
      fc.asyncProperty(query, async (given) => {
        await answers(() => ask('GET', `/payouts?${new URLSearchParams(given)}`));
      }),
      { numRuns: RUNS_FOR_TEXT },
    );
  });
});

test('the books still balance', async () => {
  const answer = await fetch(`${sandbox.url}/_sandbox/invariants`);
  assert.deepEqual(await answer.json(), { violations: [] });
});
