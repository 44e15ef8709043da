import type { Status } from '../statuses.ts';

/** Nixo's words for a payout (its documents, "Payouts"; `canceled` by its cancel operation), and what they mean in ours. */
export const NIXO_STATUSES = {
  processing: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
} as const satisfies Readonly<Record<string, Status>>;
export type NixoStatus = keyof typeof NIXO_STATUSES;
export const NIXO_STATUS_WORDS = Object.keys(NIXO_STATUSES) as [NixoStatus, ...NixoStatus[]];

/** What is known of who an account belongs to. */
export const KYC_STATUSES = ['pending', 'verified', 'rejected'] as const;

/** A word that nobody knows yet is not an end. */
export function statusOf(rawStatus: string): Status {
  const word = rawStatus.trim();
  return Object.hasOwn(NIXO_STATUSES, word) ? NIXO_STATUSES[word as NixoStatus] : 'pending';
}
