/** Nxos's payouts to blockchains and banks, from client to sandbox over real HTTP. It runs on every store. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { formatAmount, parseAmount } from '../../src/model/assets.ts';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { type ApiError, isApiError } from '../../src/server/errors.ts';
import type { Nxos } from '../../src/server/nxos/client.ts';
import { all } from '../all.ts';
import { refusalOf } from '../refusal.ts';
import { NXOS, nxosOf, type Receiver, startReceiver, startTestSandbox } from '../sandbox/running.ts';
import type { StorePlace } from './stores.ts';

const refusal = (call: Promise<unknown>): Promise<ApiError> => refusalOf(call, isApiError);

const { account: accountId } = NXOS;
const WALLET = { chainName: 'ETHEREUM_SEPOLIA', address: `0x${'5'.repeat(40)}` } as const;
const BANK = {
  bankName: 'First Bank',
  method: 'WIRE',
  currency: 'USD',
  accountNumber: '000123456789',
  swiftCode: 'FBOMUS33',
} as const;

export function nxosPayoutsContract(place: StorePlace): void {
  let receiver: Receiver;
  let sandbox: RunningSandbox;
  let nxos: Nxos;
  let wallet: string;
  let bank: string;

  before(async () => {
    receiver = await startReceiver();
    sandbox = await startTestSandbox({ database: place });
    nxos = nxosOf(sandbox);
  });
  after(async () => {
    await sandbox.close();
    await receiver.close();
  });
  beforeEach(async () => {
    await sandbox.reset();
    wallet = (await nxos.createCryptoBeneficiary({ accountId, nickname: 'Wallet', ...WALLET })).beneficiaryId;
    bank = (await nxos.createBankBeneficiary({ accountId, nickname: 'Bank', ...BANK })).beneficiaryId;
  });
  afterEach(() => {
    receiver.received.length = 0;
  });

  const coins = (amount: string, note?: string) => ({
    accountId,
    beneficiaryId: wallet,
    amount,
    asset: 'USDC' as const,
    ...(note !== undefined && { note }),
  });
  const dollars = (amount: string, note?: string) => ({
    accountId,
    beneficiaryId: bank,
    amount,
    asset: 'USD' as const,
    ...(note !== undefined && { note }),
  });
  const balanceOf = async (asset: string): Promise<string | undefined> =>
    (await nxos.getAccount(accountId)).balances.find((it) => it.asset === asset)?.amount;
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${sandbox.url}/nxos/v1${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer nxos_sk_test_kassa_a' },
      body: JSON.stringify(body),
    });

  describe('a payout to a blockchain', () => {
    //
    test('sets amount and fee aside, and is then on the chain', async () => {
      const payout = await nxos.sendCryptoPayout(coins('100.5'));
      assert.deepEqual(
        [payout.type, payout.status, payout.amount, payout.chainName, payout.toAddress, payout.txHash],
        ['CRYPTO_PAYOUT', 'LOCKED', '100.500000', WALLET.chainName, WALLET.address, null],
      );
      assert.deepEqual(payout.fee, {
        fixed: '2.500000',
        bps: 10,
        bpsAmount: '0.100500',
        total: '2.600500',
        asset: 'USDC',
      });
      assert.equal(await balanceOf('USDC'), '4896.899500');
      await sandbox.advance(2_000);
      const done = await nxos.getTransaction(payout.transactionId);
      assert.equal(done.status, 'COMPLETED');
      assert.deepEqual(done.fee, payout.fee);
      assert.match(String(done.details.txHash), /^0x[0-9a-f]{64}$/);
      assert.notEqual(done.updatedAt, done.createdAt);
      assert.equal(await balanceOf('USDC'), '4896.899500');
    });

    test('costs more on one chain than on another, and nothing where there is no price', async () => {
      const of = (chainName: 'TRON_NILE' | 'SOLANA_DEVNET') =>
        nxos.getCryptoPayoutFee({ chainName, asset: 'USDT' });
      assert.deepEqual(await of('TRON_NILE'), { fixed: '1.000000', bps: 0, asset: 'USDT' });
      assert.deepEqual(await of('SOLANA_DEVNET'), { fixed: '0.000000', bps: 0, asset: 'USDT' });
    });

    test('stays in the test networks', async () => {
      const main = await nxos.createCryptoBeneficiary({
        accountId,
        nickname: 'Main',
        chainName: 'BASE_MAINNET',
        address: WALLET.address,
      });
      const error = await refusal(
        nxos.sendCryptoPayout({ ...coins('1'), beneficiaryId: main.beneficiaryId }),
      );
      assert.equal(error.code, 'invalid_request');
      assert.match(error.message, /not on a test network/);
    });
  });

  describe('a payout to a bank', () => {
    // X-19, V13: 0.505 is rounded up
    test('keeps the bank as it was, and half a cent of its fee is a whole one', async () => {
      const payout = await nxos.sendFiatPayout(dollars('101.00'));
      assert.deepEqual([payout.type, payout.status, payout.method], ['FIAT_PAYOUT', 'LOCKED', 'WIRE']);
      assert.deepEqual(payout.bank, { ...BANK, iban: null, routingNumber: null, bankCountry: null });
      assert.deepEqual([payout.fee.bpsAmount, payout.fee.total], ['0.51', '15.51']);
      assert.equal(await balanceOf('USD'), '14883.49');
      await nxos.archiveBeneficiary({ accountId, beneficiaryId: bank });
      await sandbox.advance(2_000);
      const done = await nxos.getTransaction(payout.transactionId);
      assert.deepEqual([done.status, done.details.bank], ['COMPLETED', payout.bank]);
    });

    // V13
    test('rounds down what is less than half', async () => {
      const euros = { fromAsset: 'USD', toAsset: 'EUR', toAmount: '1000' } as const;
      await nxos.executeQuote((await nxos.createQuote({ accountId, ...euros })).quoteId);
      const { beneficiaryId } = await nxos.createBankBeneficiary({
        accountId,
        nickname: 'Berlin',
        bankName: 'Bank',
        method: 'SEPA',
        currency: 'EUR',
        iban: 'DE89370400440532013000',
      });
      const { fee } = await nxos.sendFiatPayout({
        accountId,
        beneficiaryId,
        amount: '333.33',
        asset: 'EUR',
      });
      assert.deepEqual([fee.bpsAmount, fee.total], ['0.50', '1.00']);
    });

    test('goes in the currency of the account there', async () => {
      const response = await post('/transactions/fiat-payouts', { ...dollars('1'), asset: 'EUR' });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /asset: the bank account is in USD/);
    });
  });

  describe('either of them', () => {
    test('is declined for the reason in its note, and gives back amount and fee', async () => {
      await nxos.createWebhookEndpoint({ url: receiver.url });
      const { transactionId } = await nxos.sendCryptoPayout(coins('100', 'fail_address_blocked'));
      await sandbox.advance(2_000);
      const declined = await nxos.getTransaction(transactionId);
      assert.deepEqual(
        [declined.status, declined.details.declineReason, declined.details.txHash],
        ['DECLINED', 'address_blocked', null],
      );
      assert.equal(await balanceOf('USDC'), '5000.000000');
      const told = receiver.received.map(
        ({ body }) => (JSON.parse(body) as { data: { status: string } }).data.status,
      );
      assert.deepEqual(told, ['LOCKED', 'DECLINED']);
    });

    test('takes a minute when its note says slow', async () => {
      const { transactionId } = await nxos.sendFiatPayout(dollars('1', 'slow'));
      await sandbox.advance(59_999);
      assert.equal((await nxos.getTransaction(transactionId)).status, 'LOCKED');
      const [locked] = await all(nxos.listTransactions({ type: ['FIAT_PAYOUT'], status: ['LOCKED'] }));
      assert.equal(locked?.transactionId, transactionId);
      await sandbox.advance(1);
      assert.equal((await nxos.getTransaction(transactionId)).status, 'COMPLETED');
    });

    test('holds its payer to the fee that was shown, and to no other', async () => {
      const shown = await nxos.getFiatPayoutFee({ method: 'WIRE', asset: 'USD' });
      assert.deepEqual(shown, { fixed: '15.00', bps: 50, asset: 'USD' });
      await nxos.sendFiatPayout({ ...dollars('1'), expectedFeeSchedule: { ...shown, fixed: '15' } });
      for (const change of [{ fixed: '14.99' }, { bps: 49 }, { asset: 'EUR' as const }]) {
        const order = { ...dollars('1'), expectedFeeSchedule: { ...shown, ...change } };
        const error = await refusal(nxos.sendFiatPayout(order));
        assert.deepEqual([error.status, error.code, error.kind], [409, 'fee_schedule_drifted', 'state']);
        assert.match(error.message, /15\.00 USD and 50 basis points/);
      }
      assert.equal((await all(nxos.listTransactions())).length, 1);
    });

    test('is refused when the fee is more than is left', async () => {
      assert.equal((await refusal(nxos.sendCryptoPayout(coins('5000')))).code, 'insufficient_funds');
      const most = await post('/transactions/crypto-payouts', coins('9223372036854.775807'));
      assert.equal(most.status, 409);
      assert.equal(await balanceOf('USDC'), '5000.000000');
      assert.deepEqual(await all(nxos.listTransactions()), []);
    });

    test('happens once under one key', async () => {
      const [first, again] = await Promise.all(
        [1, 2].map(() => nxos.sendCryptoPayout(coins('1'), { idempotencyKey: 'payout-1' })),
      );
      assert.equal(first?.transactionId, again?.transactionId);
      assert.equal((await all(nxos.listTransactions())).length, 1);
    });

    test('goes to a beneficiary of its kind, of this account, that is active', async () => {
      const { beneficiary: handle } = NXOS;
      await nxos.archiveBeneficiary({ accountId, beneficiaryId: bank });
      const acme = nxosOf(sandbox, { apiKey: NXOS.acme.apiKey });
      for (const [call, code] of [
        [() => nxos.sendCryptoPayout({ ...coins('1'), beneficiaryId: handle }), 'beneficiary_type_mismatch'],
        [() => nxos.sendFiatPayout({ ...dollars('1'), beneficiaryId: wallet }), 'beneficiary_type_mismatch'],
        [() => nxos.sendTransfer({ ...coins('1'), beneficiaryId: wallet }), 'beneficiary_type_mismatch'],
        [() => nxos.sendFiatPayout(dollars('1')), 'beneficiary_not_active'],
        [() => acme.sendCryptoPayout(coins('1')), 'account_not_found'],
        [
          () => acme.sendCryptoPayout({ ...coins('1'), accountId: NXOS.acme.account }),
          'beneficiary_not_found',
        ],
      ] as const) {
        assert.equal((await refusal(call())).code, code);
      }
    });

    test('does not leave an account that is suspended; one that is under way ends all the same', async () => {
      const { transactionId } = await nxos.sendCryptoPayout(coins('1'));
      await fetch(`${sandbox.url}/_sandbox/nxos/accounts/${accountId}`, {
        method: 'POST',
        body: JSON.stringify({ status: 'SUSPENDED' }),
      });
      assert.equal((await refusal(nxos.sendCryptoPayout(coins('1')))).code, 'account_suspended');
      await sandbox.advance(2_000);
      assert.equal((await nxos.getTransaction(transactionId)).status, 'COMPLETED');
    });
  });

  test('a beneficiary is listed by its type, with where its money goes', async () => {
    const of = (type: 'CRYPTO' | 'BANK') => all(nxos.listBeneficiaries({ accountId, type }));
    const [listedWallet] = await of('CRYPTO');
    assert.deepEqual(
      [listedWallet?.crypto, listedWallet?.bank, listedWallet?.nxosnet],
      [{ ...WALLET, label: null }, null, null],
    );
    assert.equal((await of('BANK'))[0]?.bank?.swiftCode, BANK.swiftCode);
  });

  test('a beneficiary whose money would go astray is refused by name', async () => {
    const sepa = { bankName: 'Bank', method: 'SEPA', currency: 'EUR' };
    for (const [kind, body, path] of [
      ['crypto', { ...WALLET, address: `0x${'5'.repeat(39)}` }, 'address'],
      ['crypto', { ...WALLET, chainName: 'TRON_NILE' }, 'address'],
      ['crypto', { ...WALLET, chainName: 'MOON' }, 'chainName'],
      ['bank', sepa, 'iban'],
      ['bank', { ...sepa, iban: 'DE88370400440532013000' }, 'iban'],
      ['bank', { ...BANK, method: 'ACH' }, 'routingNumber'],
      ['bank', { ...BANK, accountNumber: undefined }, 'accountNumber'],
      ['bank', { ...BANK, currency: 'GBP' }, 'currency'],
      ['bank', { ...BANK, swiftCode: 'x' }, 'swiftCode'],
    ] as const) {
      const response = await post(`/beneficiaries/${kind}`, { accountId, nickname: 'x', ...body });
      const { error } = (await response.json()) as { error: { message: string } };
      assert.equal(response.status, 400, JSON.stringify(body));
      assert.match(error.message, new RegExp(`^${path}`));
    }
  });

  //
  test('a way of funding, asked for by itself, has the words of the newer documents', async () => {
    const [account] = await all(nxos.listAccounts());
    const id = account?.fundingMethods[0]?.fundingMethodId ?? '';
    const method = await nxos.getFundingMethod(id);
    assert.deepEqual(
      [method.type, method.status, method.accountId, method.supportedAssets],
      ['BANK', 'ACTIVE', accountId, ['USD']],
    );
    const acme = nxosOf(sandbox, { apiKey: NXOS.acme.apiKey });
    assert.equal((await refusal(acme.getFundingMethod(id))).code, 'not_found');
  });

  test('whatever is paid out, and however it ends, the books balance', async () => {
    const step = fc.record({
      cents: fc.integer({ min: 1, max: 400_000 }),
      kind: fc.constantFrom('coins', 'dollars'),
      note: fc.constantFrom(undefined, 'slow', 'fail_closed'),
      wait: fc.constantFrom(0, 1_000, 2_000, 60_000),
    });
    const opening = { USDC: await balanceOf('USDC'), USD: await balanceOf('USD') };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const taken = { USDC: 0n, USD: 0n };
        for (const { cents, kind, note, wait } of steps) {
          const amount = formatAmount(BigInt(cents), 'USD');
          const sent = await (
            kind === 'coins'
              ? nxos.sendCryptoPayout(coins(amount, note))
              : nxos.sendFiatPayout(dollars(amount, note))
          ).catch((error: unknown) => {
            assert.ok(isApiError(error) && error.code === 'insufficient_funds', String(error));
          });
          const asset = kind === 'coins' ? 'USDC' : 'USD';
          if (sent && note !== 'fail_closed') {
            taken[asset] += parseAmount(sent.amount, asset) + parseAmount(sent.fee.total, asset);
          }
          await sandbox.advance(wait);
        }
        await sandbox.advance(60_000);
        for (const asset of ['USDC', 'USD'] as const) {
          const left = parseAmount(opening[asset] ?? '', asset) - taken[asset];
          assert.equal(await balanceOf(asset), formatAmount(left, asset));
          opening[asset] = formatAmount(left, asset);
        }
        const books = await fetch(`${sandbox.url}/_sandbox/invariants`);
        assert.deepEqual(await books.json(), { violations: [] });
      }),
      { numRuns: 15 },
    );
  });
}
