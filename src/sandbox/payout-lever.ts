/** What becomes of a payout, decided without database, clock or network: a word of the shop's own is the lever. */

const PAYOUT_MS = 2_000;
const SLOW_MS = 60_000;

export interface PayoutEnd {
  /** Why it fails; `null` when it does not. */
  readonly failsBecause: string | null;
  readonly inMs: number;
}

/** `fail_invalid_account` fails for `invalid_account`; `slow` takes a minute; all else succeeds. */
export function payoutEnd(word: string | undefined): PayoutEnd {
  const [, failsBecause = null] = /^fail_([a-z0-9_]+)$/.exec(word ?? '') ?? [];
  return { failsBecause, inMs: word === 'slow' ? SLOW_MS : PAYOUT_MS };
}

/** For the control page and the terminal. */
export const MAGIC_REFERENCES = [
  { reference: 'fail_invalid_account', effect: 'failed: invalid_account (any fail_<reason>)' },
  { reference: 'slow', effect: 'succeeds after a minute' },
] as const;
