/** What becomes of a payout, decided without database, clock or network: its reference is the lever. */
import type { NixoPayout } from '../store/nixo-schema.ts';

/** How long the simulator takes. */
export const DURATIONS_MS = { payout: 2_000, slow: 60_000, kyc: 30_000 } as const;

export interface End {
  readonly endsAs: NixoPayout['endsAs'];
  readonly endsBecause: string | null;
  readonly inMs: number;
}

/** `fail_invalid_account` fails for `invalid_account`; `slow` takes a minute; all else succeeds. */
export function endOf(reference: string | undefined): End {
  const [, reason] = /^fail_([a-z0-9_]+)$/.exec(reference ?? '') ?? [];
  if (reason !== undefined) return { endsAs: 'failed', endsBecause: reason, inMs: DURATIONS_MS.payout };
  const inMs = reference === 'slow' ? DURATIONS_MS.slow : DURATIONS_MS.payout;
  return { endsAs: 'succeeded', endsBecause: null, inMs };
}

/** For the control page and the documents. */
export const MAGIC_REFERENCES = [
  { reference: 'fail_invalid_account', effect: 'failed: invalid_account (any fail_<reason>)' },
  { reference: 'slow', effect: 'succeeds after a minute' },
] as const;
