/** How a session can end for the page. `unknown` is honest: the money may have moved, nobody answered. */
export const OUTCOME_KINDS = ['succeeded', 'failed', 'pending', 'cancelled', 'expired', 'unknown'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** The one result of a session. Only `verified: true` was confirmed by the shop's own backend. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly verified: boolean;
  readonly trackingId: string;
  readonly transactionId?: string;
  /** Why it failed, in the gateway's words; text, never HTML. */
  readonly reason?: string;
}
