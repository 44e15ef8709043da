import type { WebhookSystem } from '../store/schema.ts';

const MINUTE_MS = 60_000;

interface RetryRule {
  /** Deliveries in all, the first included. */
  readonly attempts: number;
  /** Pause before the attempt after this many. */
  readonly pauseMs: (attempts: number) => number;
}

/** How long each system tries to reach the shop. */
const RETRY_RULES: Readonly<Record<WebhookSystem, RetryRule>> = {
  // "Every 5 minutes, at most 15 attempts" (the gateway's documents, Webhooks): at minute 0, 5, … 70.
  gateway: { attempts: 15, pauseMs: () => 5 * MINUTE_MS },
};

/** When to try again after `attempts` failed ones, or `null` when the schedule is used up. */
export function nextAttemptAt(system: WebhookSystem, attempts: number, lastAt: number): number | null {
  const rule = RETRY_RULES[system];
  return attempts >= rule.attempts ? null : lastAt + rule.pauseMs(attempts);
}
