/**
 * What Nxos decides without database, clock or network: prices, and the state of a quote.
 *
 * The documents' sample gives 9997.000000 USDC for 10000.00 USD with a fee of 3.00: dollars and their coins stand one
 * to one, and three basis points stay with Nxos. The rate of the euro is Kassa's own.
 */
import { type Asset, ASSETS } from '../../model/assets.ts';

/** US dollars for one, as a fraction: a rate is exact. */
const DOLLARS: Readonly<Record<Asset, readonly [bigint, bigint]>> = {
  USD: [1n, 1n],
  USDC: [1n, 1n],
  USDT: [1n, 1n],
  EUR: [27n, 25n],
};

const FEE_BASIS_POINTS = 3n;
const ALL = 10_000n;

export const QUOTE_LIFE_MS = 5 * 60_000;

/** Basis points of an amount; half of the smallest unit is rounded up. */
export const shareOf = (amount: bigint, bps: bigint): bigint => (amount * bps + ALL / 2n) / ALL;

export type QuoteStatus = 'PENDING' | 'COMPLETED' | 'EXPIRED';

export interface Price {
  readonly fromAmount: bigint;
  readonly toAmount: bigint;
  /** Of what is given. */
  readonly fee: bigint;
}

/** `fromAmount` subunits of one asset buy what is left after the fee, rounded down to what the other can hold. */
export function priceOf(from: Asset, to: Asset, fromAmount: bigint): Price {
  const fee = shareOf(fromAmount, FEE_BASIS_POINTS);
  const [numerator, denominator] = rate(from, to);
  return { fromAmount, fee, toAmount: ((fromAmount - fee) * numerator) / denominator };
}

/** The least that buys `toAmount`; what rounding leaves over stays with the fee. */
export function priceFor(from: Asset, to: Asset, toAmount: bigint): Price {
  const [numerator, denominator] = rate(from, to);
  const worth = ceil(toAmount * denominator, numerator);
  const fromAmount = ceil(worth * ALL, ALL - FEE_BASIS_POINTS);
  return { fromAmount, toAmount, fee: fromAmount - worth };
}

/** Subunits of `to` for one subunit of `from`. */
function rate(from: Asset, to: Asset): readonly [bigint, bigint] {
  const [dollars, each] = DOLLARS[from];
  const [otherDollars, otherEach] = DOLLARS[to];
  const scale = (asset: Asset): bigint => 10n ** BigInt(ASSETS[asset]);
  return [dollars * otherEach * scale(to), each * otherDollars * scale(from)];
}

const ceil = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** What was given for what was got, rounded to four digits: for reading, never for reckoning. */
export function appliedRate({
  fromAsset,
  toAsset,
  fromAmount,
  toAmount,
}: Pick<Price, 'fromAmount' | 'toAmount'> & { readonly fromAsset: Asset; readonly toAsset: Asset }): string {
  if (toAmount === 0n) return '0.0000';
  const scaled = fromAmount * 10n ** BigInt(ASSETS[toAsset]) * ALL;
  const per = toAmount * 10n ** BigInt(ASSETS[fromAsset]);
  const rounded = ((scaled + per / 2n) / per).toString().padStart(5, '0');
  return `${rounded.slice(0, -4)}.${rounded.slice(-4)}`;
}

export function quoteStatus(
  { transactionId, expiresAt }: { readonly transactionId: string | null; readonly expiresAt: number },
  now: number,
): QuoteStatus {
  if (transactionId !== null) return 'COMPLETED';
  return now < expiresAt ? 'PENDING' : 'EXPIRED';
}
