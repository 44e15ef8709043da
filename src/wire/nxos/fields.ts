/** What the shapes of Nxos are made of. */
import * as z from 'zod';
import { type Asset, ASSET_CODES, parseAmount } from '../../model/assets.ts';
import { metadata } from './metadata.ts';

export const NXOS_ID = {
  account: /^acct_[0-9a-f]{32}$/,
  beneficiary: /^bene_[0-9a-f]{32}$/,
  fundingMethod: /^funding_[0-9a-f]{32}$/,
  transaction: /^txn_[0-9a-f]{32}$/,
  quote: /^quote_[0-9a-f]{32}$/,
  endpoint: /^ep_[A-Za-z0-9]{24}$/,
} as const;

export const asset = z.enum(ASSET_CODES);
/** Open: the documents' lists of words may grow. */
export const word = z.string();
export const timestamp = z.string();
export const nullable = z.string().nullable();
export const id = z.string().min(1);
export const nickname = z.string().min(1);
/** Optional, of a line; no document says how long one may be. */
export const short = z.string().optional();
/** ISO 3166-1 alpha-2. */
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .optional();

const MOST_TAGS = 20;
const LONGEST_TAG = 100;

export const tags = z.array(z.string().max(LONGEST_TAG)).max(MOST_TAGS);

/** Money on its way to a beneficiary, whatever kind; its asset is said beside. */
export const order = {
  accountId: id,
  /** Of that account, and of the kind that is paid. */
  beneficiaryId: id,
  amount: z.string(),
  /** The recipient sees it. */
  note: z.string().optional(),
  tags: tags.optional(),
  metadata: metadata.optional(),
};

interface Amount {
  readonly text: string;
  readonly asset: Asset;
  /** What is wrong is said of this field. */
  readonly path: string;
}

/** At the scale of its asset. A JSON number is refused before: it may not be what was written. */
export function checkAmount({ text, asset: code, path }: Amount, issues: unknown[], least = 1n): void {
  let problem: string | undefined;
  try {
    if (parseAmount(text, code) < least) problem = 'must be more than 0';
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== undefined) issues.push({ code: 'custom', path: [path], message: problem, input: text });
}

/** `amount` of `asset`, more than nothing. */
export const checkOrder = (order: {
  readonly value: { readonly amount: string; readonly asset: Asset };
  readonly issues: unknown[];
}): void => checkAmount({ text: order.value.amount, asset: order.value.asset, path: 'amount' }, order.issues);
