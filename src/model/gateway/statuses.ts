import type { Status } from '../statuses.ts';

/**
 * The gateway's words (its documents, "Webhooks" and "Status"), and what they mean in ours.
 * Both enums are open there, so this table is what is known, not what is allowed.
 */
export const GATEWAY_STATUSES = { pending: 'pending', successful: 'succeeded', rejected: 'failed' } as const;
export type GatewayStatus = keyof typeof GATEWAY_STATUSES;

/** An unknown word is kept verbatim elsewhere and counts as not yet decided: never guess a final state. */
export function statusOf(rawStatus: string): Status {
  return Object.hasOwn(GATEWAY_STATUSES, rawStatus)
    ? GATEWAY_STATUSES[rawStatus as GatewayStatus]
    : 'pending';
}
