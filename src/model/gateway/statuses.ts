import type { Status } from '../statuses.ts';

/**
 * The gateway's words (its documents, "Webhooks" and "Status"), and what they mean in ours.
 * Both enums are open there, so this table is what is known, not what is allowed.
 */
export const GATEWAY_STATUSES = { pending: 'pending', successful: 'succeeded', rejected: 'failed' } as const;
export type GatewayStatus = keyof typeof GATEWAY_STATUSES;

/** What a word says, or `unknown`: `refunded` is neither an end of the payment nor the wait for one. */
export function meaningOf(rawStatus: string): Status | 'unknown' {
  const word = rawStatus.trim();
  return Object.hasOwn(GATEWAY_STATUSES, word) ? GATEWAY_STATUSES[word as GatewayStatus] : 'unknown';
}

/** For those who wait for an end: an unknown word, kept verbatim elsewhere, is none. Never guess a final state. */
export function statusOf(rawStatus: string): Status {
  const meaning = meaningOf(rawStatus);
  return meaning === 'unknown' ? 'pending' : meaning;
}
