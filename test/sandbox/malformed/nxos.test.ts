/** Whatever is sent to Nxos: never a 500, and what is refused changes nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { PATIENCE_MS } from '../../patience.ts';
import { NXOS, startTestSandbox } from '../running.ts';
import { createJudge, malformed, oddText, RUNS_FOR_TEXT, runsFor, wellFormed } from './malformed.ts';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());

const headers = { authorization: 'Bearer nxos_sk_test_kassa_a' };
const ask = (method: string, path: string, body?: string): Promise<Response> =>
  fetch(`${sandbox.url}/nxos/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

/** Without a socket: it is read after every request. */
async function read(path: string): Promise<string> {
  const answer = await sandbox.fetch(new Request(`${sandbox.url}/nxos/v1${path}`, { headers }));
  assert.equal(answer.status, 200);
  return answer.text();
}
const readAll = async (paths: readonly string[]): Promise<string> =>
  (await Promise.all(paths.map(read))).join('');

/** What a refusal must not touch, by the first part of the operation's path. */
const STANDING: Readonly<Record<string, readonly string[]>> = {
  transactions: [`/accounts/${NXOS.account}`, '/transactions?limit=1'],
  beneficiaries: [`/beneficiaries?accountId=${NXOS.account}&limit=100`],
  quotes: [`/accounts/${NXOS.account}`, '/transactions?limit=1'],
  organizations: [`/accounts/${NXOS.account}`],
  webhooks: ['/webhooks/endpoints?limit=100'],
};
const judging = (path: string) => {
  const [, room = ''] = path.split('/');
  const paths = STANDING[room] ?? [];
  return createJudge({ refusal: /"requestId":"req_[0-9a-f]{32}"/, standing: () => readAll(paths) });
};
const { answers } = judging('/accounts');

const { account: accountId, beneficiary: beneficiaryId } = NXOS;
const BODIES: Readonly<Record<string, object>> = {
  'POST /transactions/nxosnet-transfers': {
    accountId,
    beneficiaryId,
    amount: '0.01',
    asset: 'USD',
    note: 'hi',
    tags: ['a', 'b'],
    metadata: { order: 42 },
  },
  'POST /beneficiaries/nxosnet': {
    accountId,
    nickname: 'Acme',
    targetHandle: 'acme',
    entityType: 'BUSINESS',
    dateOfBirth: '2000-02-29',
    country: 'DE',
  },
  'POST /beneficiaries/crypto': {
    accountId,
    nickname: 'Wallet',
    chainName: 'ETHEREUM_SEPOLIA',
    address: `0x${'5'.repeat(40)}`,
    label: 'cold',
  },
  'POST /beneficiaries/bank': {
    accountId,
    nickname: 'Bank',
    bankName: 'Deutsche Bank',
    method: 'SEPA',
    currency: 'EUR',
    iban: 'DE89370400440532013000',
    swiftCode: 'DEUTDEFF',
    bankCountry: 'DE',
  },
  'POST /transactions/crypto-payouts': {
    accountId,
    beneficiaryId,
    amount: '1',
    asset: 'USDC',
    expectedFeeSchedule: { fixed: '2.5', bps: 10, asset: 'USDC' },
  },
  'POST /transactions/fiat-payouts': {
    accountId,
    beneficiaryId,
    amount: '1.00',
    asset: 'USD',
    note: 'slow',
    tags: ['a'],
    metadata: { order: 42 },
  },
  'PATCH /organizations/nxosnet': { enabled: true, handle: 'kassa', showOrganizationName: true },
  'POST /quotes': { accountId, fromAsset: 'USD', toAsset: 'USDC', fromAmount: '10.00' },
  'POST /webhooks/endpoints': {
    url: 'https://shop.example/hook',
    description: 'x',
    eventTypes: ['transaction.status.updated'],
  },
};

describe('malformed requests to each operation', () => {
  for (const [operation, body] of Object.entries(BODIES)) {
    const [method = '', path = ''] = operation.split(' ');
    test(operation, async () => {
      const { survives } = judging(path);
      await fc.assert(
        fc.asyncProperty(malformed(body), (text) => survives(() => ask(method, path, text))),
        { numRuns: runsFor(body) },
      );
    });
  }

  for (const [operation, path] of [
    ['GET one of anything', (id: string) => `/accounts/${id}`],
    ['GET a funding method', (id: string) => `/funding-methods/${id}`],
    ['GET a fee', (id: string) => `/fees/crypto-payout?chainName=${id}&asset=${id}`],
    ['GET another fee', (id: string) => `/fees/fiat-payout?method=${id}&asset=${id}`],
    ['GET a transaction', (id: string) => `/transactions/${id}`],
    ['GET a quote', (id: string) => `/quotes/${id}`],
    ['GET an endpoint', (id: string) => `/webhooks/endpoints/${id}`],
    ['GET a beneficiary', (id: string) => `/beneficiaries/${id}?accountId=${id}`],
  ] as const) {
    test(operation, async () => {
      await fc.assert(
        fc.asyncProperty(oddText, async (id) => {
          await answers(() => ask('GET', path(encodeURIComponent(wellFormed(id) || 'x'))));
        }),
        { numRuns: RUNS_FOR_TEXT },
      );
    });
  }

  test('GET lists', async () => {
    const names = ['limit', 'cursor', 'accountId', 'type', 'status', 'createdAtGte', 'createdAtLte'];
    const query = fc.dictionary(fc.constantFrom(...names), oddText.map(wellFormed));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('accounts', 'transactions', 'beneficiaries'),
        query,
        async (list, given) => {
          await answers(() => ask('GET', `/${list}?${new URLSearchParams(given)}`));
        },
      ),
      { numRuns: RUNS_FOR_TEXT },
    );
  });
});

test('the books still balance', async () => {
  const answer = await fetch(`${sandbox.url}/_sandbox/invariants`);
  assert.deepEqual(await answer.json(), { violations: [] });
});
