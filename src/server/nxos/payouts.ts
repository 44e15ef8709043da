/** Nxos's payouts to blockchains and to banks: to whom, for what fee, and how they are sent. */
import * as wire from '../../wire/nxos/objects.ts';
import type { Output, Schema } from '../../wire/schema.ts';
import { readInput } from '../input.ts';
import type { KeyedRequest, WriteOptions, Written } from '../http/keyed.ts';
import { checkIds, nativeScale } from './input.ts';

export interface NxosPayouts {
  createCryptoBeneficiary(
    beneficiary: wire.CryptoBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.Beneficiary>>;
  createBankBeneficiary(
    beneficiary: wire.BankBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.Beneficiary>>;
  /** What a payout costs beside its amount. Given back as `expectedFeeSchedule`, it holds or the payout is refused. */
  getCryptoPayoutFee(of: wire.CryptoFeeQuery): Promise<wire.FeeSchedule>;
  getFiatPayoutFee(of: wire.FiatFeeQuery): Promise<wire.FeeSchedule>;
  /** Sets amount and fee aside (`LOCKED`); `getTransaction` and the webhook say how it ends. */
  sendCryptoPayout(
    payout: wire.CryptoPayoutRequest,
    options?: WriteOptions,
  ): Promise<Written<wire.CryptoPayout>>;
  sendFiatPayout(payout: wire.FiatPayoutRequest, options?: WriteOptions): Promise<Written<wire.FiatPayout>>;
}

interface Client {
  readonly read: <S extends Schema>(schema: S, request: KeyedRequest) => Promise<Output<S>>;
  readonly write: <S extends Schema<object>>(
    schema: S,
    request: KeyedRequest,
    options?: WriteOptions,
  ) => Promise<Written<Output<S>>>;
}

export function nxosPayouts({ read, write }: Client): NxosPayouts {
  return {
    async createCryptoBeneficiary(beneficiary, writeOptions) {
      const operation = 'createCryptoBeneficiary';
      const body = readInput(operation, wire.cryptoBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(wire.beneficiary, { operation, path: '/v1/beneficiaries/crypto', body }, writeOptions);
    },

    async createBankBeneficiary(beneficiary, writeOptions) {
      const operation = 'createBankBeneficiary';
      const body = readInput(operation, wire.bankBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(wire.beneficiary, { operation, path: '/v1/beneficiaries/bank', body }, writeOptions);
    },

    async getCryptoPayoutFee(of) {
      const operation = 'getCryptoPayoutFee';
      const query = readInput(operation, wire.cryptoFeeQuery, of);
      return read(wire.feeSchedule, { operation, path: '/v1/fees/crypto-payout', query });
    },

    async getFiatPayoutFee(of) {
      const operation = 'getFiatPayoutFee';
      const query = readInput(operation, wire.fiatFeeQuery, of);
      return read(wire.feeSchedule, { operation, path: '/v1/fees/fiat-payout', query });
    },

    async sendCryptoPayout(payout, writeOptions) {
      const operation = 'sendCryptoPayout';
      const body = atNativeScale(readInput(operation, wire.cryptoPayoutRequest, payout));
      checkIds(operation, body);
      const path = '/v1/transactions/crypto-payouts';
      return write(wire.cryptoPayout, { operation, path, body }, writeOptions);
    },

    async sendFiatPayout(payout, writeOptions) {
      const operation = 'sendFiatPayout';
      const body = atNativeScale(readInput(operation, wire.fiatPayoutRequest, payout));
      checkIds(operation, body);
      const path = '/v1/transactions/fiat-payouts';
      return write(wire.fiatPayout, { operation, path, body }, writeOptions);
    },
  };
}

const atNativeScale = <
  T extends Output<typeof wire.cryptoPayoutRequest> | Output<typeof wire.fiatPayoutRequest>,
>(
  payout: T,
): T => ({ ...payout, amount: nativeScale(payout.amount, payout.asset) });
