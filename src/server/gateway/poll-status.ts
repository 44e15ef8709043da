/** Asks for a status until it is final or the time is spent. */
import { pauseAfter } from '../../model/polling.ts';
import { isFinal, type Status } from '../../model/statuses.ts';
import { isApiError } from '../errors.ts';

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
    await sleep(Math.max(0, Math.min(pauseAfter(asked, random), deadline - now())));
  }
}
