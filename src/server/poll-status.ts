/** Asking again and again, politely: 1, 2, 3, 5, 8, then every 10 seconds, each with jitter. */
import { isFinal, type Status } from '../model/statuses.ts';
import { isApiError } from './errors.ts';

const PAUSES_MS = [1_000, 2_000, 3_000, 5_000, 8_000, 10_000];

export interface PollOptions<T> {
  readonly ask: () => Promise<T>;
  /** The last question is asked when this is spent. */
  readonly withinMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The final status, or the last one known when the time is spent. @throws ApiError when not even one was learnt */
export async function pollStatus<T extends { readonly status: Status }>(options: PollOptions<T>): Promise<T> {
  const { ask, withinMs, now, random, sleep } = options;
  const deadline = now() + withinMs;
  let known: T | undefined;
  for (let asked = 0; ; asked += 1) {
    const spent = now() >= deadline;
    try {
      known = await ask();
      if (isFinal(known.status)) return known;
    } catch (error) {
      // "Not found" may only mean "not yet": the shopper has not pressed the button.
      const mayPass = isApiError(error) && (error.retryable || error.kind === 'not-found');
      if (!mayPass || (spent && !known)) throw error;
    }
    if (spent && known) return known;
    const pause = PAUSES_MS[Math.min(asked, PAUSES_MS.length - 1)] ?? 0;
    await sleep(Math.max(0, Math.min(pause * (0.8 + 0.4 * random()), deadline - now())));
  }
}
