import type { Attempt, Delivery, WebhookSystem } from '../store/schema.ts';

const MINUTE_MS = 60_000;

interface RetryRule {
  /** Before the second attempt, the third, … */
  readonly pausesMs: readonly number[];
  /** An answer later than this counts as none. */
  readonly answerWithinMs: number;
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** How long each system tries to reach the shop. */
const RETRY_RULES: Readonly<Record<WebhookSystem, RetryRule>> = {
  // "Every 5 minutes, at most 15 attempts" (the gateway's documents, Webhooks): at minute 0, 5, … 70.
  gateway: { pausesMs: Array<number>(14).fill(5 * MINUTE_MS), answerWithinMs: 10 * SECOND_MS },
  // No document of Nixo's says; Kassa's own.
  nixo: {
    pausesMs: [5 * SECOND_MS, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS],
    answerWithinMs: 10 * SECOND_MS,
  },
  // Svix, which Nxos sends by: docs.svix.com/retries.
  nxos: {
    pausesMs: [
      5 * SECOND_MS,
      5 * MINUTE_MS,
      30 * MINUTE_MS,
      2 * HOUR_MS,
      5 * HOUR_MS,
      10 * HOUR_MS,
      10 * HOUR_MS,
    ],
    answerWithinMs: 15 * SECOND_MS,
  },
};

export const answerWithinMs = (system: WebhookSystem): number => RETRY_RULES[system].answerWithinMs;

/** Whether all attempts were made, of which a process that died may have made the last. */
export const isUsedUp = (system: WebhookSystem, attempts: number): boolean =>
  attempts > RETRY_RULES[system].pausesMs.length;

export const isAccepted = ({ status }: Attempt): boolean => status >= 200 && status < 300;

/** What becomes of a delivery, and when to try again, after the last of so many attempts. */
export function stateAfter(
  system: WebhookSystem,
  attempts: number,
  last: Attempt,
): Pick<Delivery, 'state' | 'dueAt'> {
  if (isAccepted(last)) return { state: 'delivered', dueAt: null };
  const pause = RETRY_RULES[system].pausesMs[attempts - 1];
  return pause === undefined ? { state: 'dead', dueAt: null } : { state: 'queued', dueAt: last.at + pause };
}
