/** What a payout costs. The prices are Kassa's own; whatever has none here is free, as the documents have it. */
import { type Asset, formatAmount, parseAmount } from '../../model/assets.ts';
import type { ChainName } from '../../model/chains.ts';
import { type BankMethod, cryptoFeeQuery, fiatFeeQuery } from '../../wire/nxos/objects.ts';
import { parse } from './context.ts';
import { shareOf } from './rules.ts';

export interface FeeSchedule {
  readonly fixed: bigint;
  /** Hundredths of a percent of the amount. */
  readonly bps: number;
  readonly asset: Asset;
}

/** Per chain, whatever the coin. */
const CHAIN_FEES: Partial<Readonly<Record<ChainName, readonly [fixed: string, bps: number]>>> = {
  ETHEREUM_SEPOLIA: ['2.50', 10],
  ARBITRUM_SEPOLIA: ['0.20', 10],
  BASE_SEPOLIA: ['0.10', 10],
  TRON_NILE: ['1.00', 0],
};

const BANK_FEES: Readonly<Record<BankMethod, Partial<Record<Asset, readonly [string, number]>>>> = {
  WIRE: { USD: ['15.00', 50], EUR: ['20.00', 50] },
  SEPA: { EUR: ['0.50', 15] },
  ACH: {},
};

const FREE = ['0', 0] as const;

const schedule = (asset: Asset, [fixed, bps]: readonly [string, number] = FREE): FeeSchedule => ({
  fixed: parseAmount(fixed, asset),
  bps,
  asset,
});

export const cryptoFee = (chain: ChainName, asset: Asset): FeeSchedule => schedule(asset, CHAIN_FEES[chain]);
export const fiatFee = (method: BankMethod, asset: Asset): FeeSchedule =>
  schedule(asset, BANK_FEES[method][asset]);

export const feeOf = (amount: bigint, { fixed, bps }: FeeSchedule): bigint =>
  fixed + shareOf(amount, BigInt(bps));

const scheduleView = ({ fixed, bps, asset }: FeeSchedule) => ({
  fixed: formatAmount(fixed, asset),
  bps,
  asset,
});

/** `GET /v1/fees/crypto-payout` */
export function readCryptoFee(query: Readonly<Record<string, string>>) {
  const { chainName, asset } = parse(cryptoFeeQuery, query);
  return scheduleView(cryptoFee(chainName, asset));
}

/** `GET /v1/fees/fiat-payout` */
export function readFiatFee(query: Readonly<Record<string, string>>) {
  const { method, asset } = parse(fiatFeeQuery, query);
  return scheduleView(fiatFee(method, asset));
}
