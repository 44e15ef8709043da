/** Nxos's payouts to blockchains and to banks: to whom, for what fee, and how they are sent. */
import * as wire from '../../wire/nxos/objects.ts';
import * as reply from '../../wire/nxos/replies.ts';
import type { Output } from '../../wire/schema.ts';
import type { WriteOptions, Written } from '../http/keyed.ts';
import { type NxosCalls, queryOf } from './calls.ts';
import { checkIds, nativeScale } from './input.ts';

export interface NxosPayouts {
  createCryptoBeneficiary(
    beneficiary: wire.CryptoBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.Beneficiary>>;
  createBankBeneficiary(
    beneficiary: wire.BankBeneficiaryRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.Beneficiary>>;
  /** What a payout costs beside its amount. Given back as `expectedFeeSchedule`, it holds or the payout is refused. */
  getCryptoPayoutFee(of: wire.CryptoFeeQuery): Promise<reply.FeeSchedule>;
  getFiatPayoutFee(of: wire.FiatFeeQuery): Promise<reply.FeeSchedule>;
  /** Sets amount and fee aside (`LOCKED`); `getTransaction` and the webhook say how it ends. */
  sendCryptoPayout(
    payout: wire.CryptoPayoutRequest,
    options?: WriteOptions,
  ): Promise<Written<reply.CryptoPayout>>;
  sendFiatPayout(payout: wire.FiatPayoutRequest, options?: WriteOptions): Promise<Written<reply.FiatPayout>>;
}

export function nxosPayouts({ checked, read, write }: NxosCalls): NxosPayouts {
  return {
    async createCryptoBeneficiary(beneficiary, writeOptions) {
      const operation = 'createCryptoBeneficiary';
      const body = checked(operation, wire.cryptoBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(reply.beneficiary, { operation, path: '/v1/beneficiaries/crypto', body }, writeOptions);
    },

    async createBankBeneficiary(beneficiary, writeOptions) {
      const operation = 'createBankBeneficiary';
      const body = checked(operation, wire.bankBeneficiaryRequest, beneficiary);
      checkIds(operation, { accountId: body.accountId });
      return write(reply.beneficiary, { operation, path: '/v1/beneficiaries/bank', body }, writeOptions);
    },

    async getCryptoPayoutFee(of) {
      const operation = 'getCryptoPayoutFee';
      const query = queryOf(checked(operation, wire.cryptoFeeQuery, of));
      return read(reply.feeSchedule, { operation, path: '/v1/fees/crypto-payout', query });
    },

    async getFiatPayoutFee(of) {
      const operation = 'getFiatPayoutFee';
      const query = queryOf(checked(operation, wire.fiatFeeQuery, of));
      return read(reply.feeSchedule, { operation, path: '/v1/fees/fiat-payout', query });
    },

    async sendCryptoPayout(payout, writeOptions) {
      const operation = 'sendCryptoPayout';
      const body = atNativeScale(checked(operation, wire.cryptoPayoutRequest, payout));
      checkIds(operation, body);
      const path = '/v1/transactions/crypto-payouts';
      return write(reply.cryptoPayout, { operation, path, body }, writeOptions);
    },

    async sendFiatPayout(payout, writeOptions) {
      const operation = 'sendFiatPayout';
      const body = atNativeScale(checked(operation, wire.fiatPayoutRequest, payout));
      checkIds(operation, body);
      const path = '/v1/transactions/fiat-payouts';
      return write(reply.fiatPayout, { operation, path, body }, writeOptions);
    },
  };
}

const atNativeScale = <
  T extends Output<typeof wire.cryptoPayoutRequest> | Output<typeof wire.fiatPayoutRequest>,
>(
  payout: T,
): T => ({ ...payout, amount: nativeScale(payout.amount, payout.asset) });
