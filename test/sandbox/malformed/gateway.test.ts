/** Whatever is sent: never a 500, never a hang, and what is refused changes nothing. */
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { deliveries, tokens, transactions } from '../../../src/sandbox/store/schema.ts';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { malformed, oddText, RUNS_FOR_TEXT, runsFor, wellFormed } from './malformed.ts';
import { startTestSandbox } from '../running.ts';

const KEY = 'dev_kassa_0001';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());

const request = {
  mode: 'test',
  settings: {},
  user_id: '128',
  tracking_id: 'm-1',
  ip: '127.34.125.54',
  amount: 10.05,
  currency: 'EUR',
  customer: { first_name: 'John', last_name: 'Doe', email: 'john@example.com', country_code: 'GB' },
};

/** The documented body of each operation that has one. */
const BODIES: Readonly<Record<string, object>> = {
  '/cashier': { request: { ...request, theme: 'dark', amount_restricted: true } },
  '/direct': { request: { ...request, provider_id: 210 } },
  '/s2s': {
    request: {
      ...request,
      routing_id: 210,
      card_details: {
        holder_name: 'John Doe',
        card_number: '4242424242424242',
        exp_month: '05',
        exp_year: '2030',
        cvc: '444',
      },
    },
  },
  '/withdrawal': { request: { ...request, theme: 'light' } },
  '/withdrawal/approve': { transaction_id: 'x' },
  '/withdrawal/reject': { transaction_id: 'x' },
};

/** What is in the database that a refusal must not touch. */
const counted = async (): Promise<string> => {
  const state = await sandbox.state();
  return JSON.stringify([state.tokens, state.transactions.length, state.deliveries]);
};

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}/gateway/api/v1${path}`, {
    method: 'POST',
    body,
    headers: { 'x-api-key': KEY, 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

let known = '';

async function survives(send: () => Promise<Response>): Promise<void> {
  const response = await send();
  await response.text();
  assert.ok(response.status < 500, `HTTP ${response.status}`);
  const now = await counted();
  if (response.status >= 400 && known !== '') assert.equal(now, known);
  known = now;
}

describe('malformed requests to each operation', () => {
  for (const [path, body] of Object.entries(BODIES)) {
    test(`POST ${path}`, async () => {
      await fc.assert(
        fc.asyncProperty(malformed(body), (text) => survives(() => post(path, text))),
        { numRuns: runsFor(body) },
      );
    });
  }

  const get = (path: string): Promise<Response> =>
    fetch(`${sandbox.url}/gateway/api/v1${path}`, {
      headers: { 'x-api-key': KEY },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  const text = fc.oneof(oddText, fc.constant('31-02-2024'));

  test('GET /transactions/{id}/status', async () => {
    await fc.assert(
      fc.asyncProperty(text, (id) =>
        survives(() => get(`/transactions/${encodeURIComponent(wellFormed(id))}/status`)),
      ),
      { numRuns: RUNS_FOR_TEXT },
    );
  });

  test('GET /transactions', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, (from, to) =>
        survives(() =>
          get(`/transactions?${new URLSearchParams({ from: wellFormed(from), to: wellFormed(to) })}`),
        ),
      ),
      { numRuns: RUNS_FOR_TEXT },
    );
  });
});

describe('a body', () => {
  test('over 1 MB is refused, with its length and without', async () => {
    const large = JSON.stringify({ request, filler: 'x'.repeat(1_100_000) });
    assert.equal((await post('/cashier', large)).status, 413);
    const status = await new Promise<number>((resolve, reject) => {
      const chunked = httpRequest(
        `${sandbox.url}/gateway/api/v1/cashier`,
        { method: 'POST', headers: { 'x-api-key': KEY, 'transfer-encoding': 'chunked' } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      chunked.on('error', reject);
      chunked.end(large);
    });
    assert.equal(status, 413);
  });

  test('that is no JSON, no object, or invalid UTF-8 is refused with a sentence', async () => {
    for (const body of ['', '{', '[]', 'null', '"x"', '{"request": nan}']) {
      const response = await post('/cashier', body);
      assert.ok(response.status >= 400 && response.status < 500, body);
      assert.ok((await response.text()).length > 10);
    }
  });
});

test('nothing of all this reached the tables of payments', async () => {
  assert.ok([tokens, transactions, deliveries].length === 3);
  const { transactions: rows } = await sandbox.state();
  assert.ok(rows.every(({ currency }) => /^[A-Z]{3}$/.test(currency)));
});
