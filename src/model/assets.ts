/** The four assets of Nxos, and amounts of them (its documents, Conventions: strings at native scale, upper-case codes). */
import { formatDecimal, MoneyError, parseDecimal } from './money.ts';

/** Digits after the point. */
export const ASSETS = { USD: 2, EUR: 2, USDC: 6, USDT: 6 } as const;
export type Asset = keyof typeof ASSETS;
export const ASSET_CODES = ['USD', 'EUR', 'USDC', 'USDT'] as const satisfies readonly Asset[];

/** In subunits: what a bigint column holds. */
export const LARGEST_AMOUNT = 2n ** 63n - 1n;

/**
 * Reads `"10.5"` as subunits of its asset: 1050 for USD. Nothing is rounded, and zero is an amount.
 * @throws MoneyError
 */
export function parseAmount(text: string, asset: Asset): bigint {
  const subunits = parseDecimal(text, ASSETS[asset], asset);
  if (subunits > LARGEST_AMOUNT)
    throw new MoneyError(`${text.slice(0, 40)} ${asset} is more than can be kept`);
  return subunits;
}

/** `"10.50"`: always all digits of the asset. */
export const formatAmount = (subunits: bigint, asset: Asset): string =>
  formatDecimal(subunits, ASSETS[asset]);
