import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { NXOS, startTestSandbox } from '../running.ts';
import { type Described, describedBy } from './described.ts';

let sandbox: RunningSandbox;
let described: Described;

before(async () => {
  sandbox = await startTestSandbox();
  described = await describedBy(sandbox, 'nxos', { authorization: 'Bearer nxos_sk_test_kassa_a' });
});
after(() => sandbox.close());

test('the linter finds nothing to mend', async () => {
  assert.deepEqual(await described.lint(), []);
});

test('describes the 27 operations', () => {
  assert.deepEqual(described.operations, [
    'archiveBeneficiary',
    'createBankBeneficiary',
    'createBeneficiary',
    'createCryptoBeneficiary',
    'createQuote',
    'createWebhookEndpoint',
    'deleteWebhookEndpoint',
    'executeQuote',
    'getAccount',
    'getBeneficiary',
    'getCryptoPayoutFee',
    'getFiatPayoutFee',
    'getFundingMethod',
    'getQuote',
    'getTransaction',
    'getWebhookEndpoint',
    'getWebhookSecret',
    'listAccounts',
    'listBeneficiaries',
    'listTransactions',
    'listWebhookEndpoints',
    'rotateWebhookSecret',
    'sendCryptoPayout',
    'sendFiatPayout',
    'sendTransfer',
    'updateNxosnet',
    'updateWebhookEndpoint',
  ]);
});

describe('what is really answered is what is described', () => {
  const transfer = {
    accountId: NXOS.account,
    beneficiaryId: NXOS.beneficiary,
    amount: '10.50',
    asset: 'USD',
    note: 'hi',
    tags: ['t'],
    metadata: { a: 1 },
  };
  const idIn = (answer: unknown, name: string): string => String((answer as Record<string, unknown>)[name]);

  test('accounts', async () => {
    assert.equal((await described.send('get', '/v1/accounts')).status, 200);
    assert.equal((await described.send('get', '/v1/accounts?limit=0')).status, 400);
    assert.equal((await described.send('get', '/v1/accounts', undefined, {})).status, 401);
    assert.equal((await described.send('get', `/v1/accounts/${NXOS.account}`)).status, 200);
    assert.equal((await described.send('get', '/v1/accounts/acct_1')).status, 404);
    const funding = '/v1/funding-methods/funding_';
    assert.equal((await described.send('get', `${funding}000000000000000000000000000000a1`)).status, 200);
    assert.equal((await described.send('get', `${funding}1`)).status, 404);
  });

  test('transfers and transactions', async () => {
    const path = '/v1/transactions/nxosnet-transfers';
    const { status, answer } = await described.send('post', path, transfer);
    assert.equal(status, 200);
    assert.equal((await described.send('post', path, { ...transfer, amount: 1 })).status, 400);
    assert.equal((await described.send('post', path, { ...transfer, amount: '99999999.00' })).status, 409);
    assert.equal((await described.send('get', '/v1/transactions?type=TRADE,NXOSNET_TRANSFER')).status, 200);
    assert.equal(
      (await described.send('get', `/v1/transactions/${idIn(answer, 'transactionId')}`)).status,
      200,
    );
    assert.equal((await described.send('get', '/v1/transactions/txn_1')).status, 404);
  });

  test('beneficiaries and settings', async () => {
    const of = `?accountId=${NXOS.account}`;
    const made = await described.send('post', '/v1/beneficiaries/nxosnet', {
      accountId: NXOS.account,
      nickname: 'Acme',
      targetHandle: 'acme',
    });
    assert.equal(made.status, 200);
    assert.equal((await described.send('get', `/v1/beneficiaries${of}`)).status, 200);
    const path = `/v1/beneficiaries/${idIn(made.answer, 'beneficiaryId')}${of}`;
    assert.equal((await described.send('get', path)).status, 200);
    assert.equal((await described.send('delete', path)).status, 200);
    assert.equal((await described.send('delete', path)).status, 409);
    assert.equal((await described.send('patch', '/v1/organizations/nxosnet', { enabled: true })).status, 200);
    assert.equal((await described.send('patch', '/v1/organizations/nxosnet', {})).status, 400);
  });

  test('payouts and their fees', async () => {
    const { account: accountId } = NXOS;
    for (const [kind, payee, payout] of [
      [
        'crypto',
        { chainName: 'ETHEREUM_SEPOLIA', address: `0x${'5'.repeat(40)}` },
        { amount: '10', asset: 'USDC' },
      ],
      [
        'fiat',
        { bankName: 'Bank', method: 'ACH', currency: 'USD', accountNumber: '1', routingNumber: '021000021' },
        { amount: '10', asset: 'USD' },
      ],
    ] as const) {
      const made = await described.send('post', `/v1/beneficiaries/${kind === 'fiat' ? 'bank' : kind}`, {
        accountId,
        nickname: 'Payee',
        ...payee,
      });
      assert.equal(made.status, 200);
      const beneficiaryId = idIn(made.answer, 'beneficiaryId');
      const body = { ...payout, accountId, beneficiaryId };
      const path = `/v1/transactions/${kind}-payouts`;
      const { status, answer } = await described.send('post', path, body);
      assert.equal(status, 200);
      assert.equal((await described.send('post', path, { ...body, amount: '1e3' })).status, 400);
      const drifted = { ...body, expectedFeeSchedule: { fixed: '9', bps: 0, asset: payout.asset } };
      assert.equal((await described.send('post', path, drifted)).status, 409);
      const of = `/v1/transactions/${idIn(answer, 'transactionId')}`;
      assert.equal((await described.send('get', of)).status, 200);
    }
    const fees = '/v1/fees';
    assert.equal(
      (await described.send('get', `${fees}/crypto-payout?chainName=TRON_NILE&asset=USDT`)).status,
      200,
    );
    assert.equal(
      (await described.send('get', `${fees}/crypto-payout?chainName=MOON&asset=USDT`)).status,
      400,
    );
    assert.equal((await described.send('get', `${fees}/fiat-payout?method=SEPA&asset=EUR`)).status, 200);
    assert.equal((await described.send('get', `${fees}/fiat-payout?asset=EUR`)).status, 400);
  });

  test('quotes', async () => {
    const quote = { accountId: NXOS.account, fromAsset: 'USD', toAsset: 'EUR', fromAmount: '10.00' };
    const { answer } = await described.send('post', '/v1/quotes', quote);
    const path = `/v1/quotes/${idIn(answer, 'quoteId')}`;
    assert.equal((await described.send('get', path)).status, 200);
    assert.equal((await described.send('post', `${path}/execute`)).status, 200);
    assert.equal((await described.send('post', `${path}/execute`)).status, 409);
  });

  test('webhook endpoints', async () => {
    const { answer } = await described.send('post', '/v1/webhooks/endpoints', {
      url: 'https://shop.example/hook',
    });
    const path = `/v1/webhooks/endpoints/${idIn(answer, 'id')}`;
    assert.equal((await described.send('get', '/v1/webhooks/endpoints')).status, 200);
    assert.equal((await described.send('get', path)).status, 200);
    assert.equal((await described.send('patch', path, { disabled: true })).status, 200);
    assert.equal((await described.send('get', `${path}/secret`)).status, 200);
    assert.equal((await described.send('post', `${path}/secret/rotate`)).status, 200);
    assert.equal((await described.send('delete', path)).status, 200);
    assert.equal((await described.send('get', path)).status, 404);
  });
});
