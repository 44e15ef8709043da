/** Nxos's payouts to blockchains and to banks: to whom, at what fee, and what comes back. */
import * as z from 'zod';
import { CHAIN_NAMES, CHAINS } from '../../model/chains.ts';
import { hasIbanCheckDigits } from '../../model/iban.ts';
import {
  asset,
  checkAmount,
  checkOrder,
  country,
  id,
  nickname,
  NXOS_ID,
  nullable,
  order,
  short,
  timestamp,
  word,
} from './fields.ts';

const COINS = ['USDC', 'USDT'] as const;
const CURRENCIES = ['USD', 'EUR'] as const;
export type Currency = (typeof CURRENCIES)[number];
const BANK_METHODS = ['WIRE', 'SEPA', 'ACH'] as const;
export type BankMethod = (typeof BANK_METHODS)[number];
const coin = z.enum(COINS);
const currency = z.enum(CURRENCIES);
const chainName = z.enum(CHAIN_NAMES);
const method = z.enum(BANK_METHODS);
const ALL_BASIS_POINTS = 10_000;

export const cryptoBeneficiaryRequest = z
  .object({ accountId: id, nickname, chainName, address: z.string(), label: short })
  .check(({ value, issues }) => {
    const { chainName: chain, address } = value;
    if (CHAINS[chain].address.test(address)) return;
    issues.push({ code: 'custom', path: ['address'], message: `is no address on ${chain}`, input: address });
  });
export type CryptoBeneficiaryRequest = z.input<typeof cryptoBeneficiaryRequest>;

/** What a rail cannot do without; Nxos's documents leave it to the bank. */
const NEEDED = {
  SEPA: ['iban'],
  ACH: ['accountNumber', 'routingNumber'],
  WIRE: [],
} as const satisfies Readonly<Record<BankMethod, readonly string[]>>;

export const bankBeneficiaryRequest = z
  .object({
    accountId: id,
    nickname,
    bankName: z.string().min(1),
    method,
    currency,
    /** BIC: ISO 9362. */
    swiftCode: z
      .string()
      .regex(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/)
      .optional(),
    accountNumber: short,
    /** ISO 13616, without spaces. */
    iban: z
      .string()
      .regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/)
      .refine(hasIbanCheckDigits, { message: 'has wrong check digits' })
      .optional(),
    /** ABA. */
    routingNumber: z
      .string()
      .regex(/^[0-9]{9}$/)
      .optional(),
    bankCountry: country,
  })
  .check(({ value, issues }) => {
    const { method: rail, iban, accountNumber } = value;
    const missing = NEEDED[rail].find((field) => value[field] === undefined);
    const path = missing ?? (iban === undefined && accountNumber === undefined ? 'accountNumber' : undefined);
    if (path === undefined) return;
    issues.push({ code: 'custom', path: [path], message: `is needed for ${rail}`, input: undefined });
  });
export type BankBeneficiaryRequest = z.input<typeof bankBeneficiaryRequest>;

/** What is taken beside the amount: so much, and so many basis points of it. */
export const feeSchedule = z.looseObject({ fixed: z.string(), bps: z.number(), asset });
/** What was taken: `total` is `fixed` and `bpsAmount`. */
export const payoutFee = z.looseObject({
  ...feeSchedule.shape,
  bpsAmount: z.string(),
  total: z.string(),
});

export const cryptoFeeQuery = z.object({ chainName, asset: coin });
export type CryptoFeeQuery = z.input<typeof cryptoFeeQuery>;
export const fiatFeeQuery = z.object({ method, asset: currency });
export type FiatFeeQuery = z.input<typeof fiatFeeQuery>;

const expectedFeeSchedule = z
  .object({ fixed: z.string(), bps: z.number().int().min(0).max(ALL_BASIS_POINTS), asset })
  .check(({ value, issues }) => {
    checkAmount({ text: value.fixed, asset: value.asset, path: 'fixed' }, issues, 0n);
  });

const payoutOrder = {
  ...order,
  /** The fee that whoever pays it was shown: when it has changed, `fee_schedule_drifted`. */
  expectedFeeSchedule: expectedFeeSchedule.optional(),
  /** What the documents' samples call it beside `note`. */
  description: z.string().optional(),
};

export const cryptoPayoutRequest = z.object({ ...payoutOrder, asset: coin }).check(checkOrder);
export type CryptoPayoutRequest = z.input<typeof cryptoPayoutRequest>;
export const fiatPayoutRequest = z
  .object({ ...payoutOrder, asset: currency, method: method.optional() })
  .check(checkOrder);
export type FiatPayoutRequest = z.input<typeof fiatPayoutRequest>;

const payout = {
  object: z.literal('transaction'),
  transactionId: z.string().regex(NXOS_ID.transaction),
  /** LOCKED at first: what is paid and its fee are set aside. Then COMPLETED, or DECLINED and given back. */
  status: word,
  accountId: z.string(),
  beneficiaryId: z.string(),
  amount: z.string(),
  asset: word,
  fee: payoutFee,
  createdAt: timestamp,
};

export const cryptoPayout = z.looseObject({
  ...payout,
  type: z.literal('CRYPTO_PAYOUT'),
  chainName: word,
  toAddress: z.string(),
  /** Once it is on the chain. */
  txHash: nullable,
});

export const cryptoPayee = z.looseObject({ chainName: word, address: z.string(), label: nullable });
export const bankPayee = z.looseObject({
  bankName: z.string(),
  method: word,
  currency: word,
  swiftCode: nullable,
  accountNumber: nullable,
  iban: nullable,
  routingNumber: nullable,
  bankCountry: nullable,
});

export const fiatPayout = z.looseObject({
  ...payout,
  type: z.literal('FIAT_PAYOUT'),
  method: word,
  /** As it was when the payout was made. */
  bank: bankPayee,
});
