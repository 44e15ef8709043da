/**
 * What a tab was about before it left for the bank: enough to ask the backend how it ended, and nothing secret. A tab
 * that lost it (another browser, storage forbidden) still has the return route, which knows the order by its state.
 */
import type { Session } from '../../wire/session.ts';

const KEY = 'kassa-attempt';

export type Attempt = Pick<Session, 'trackingId' | 'flow' | 'statusUrl'>;

export function keepAttempt({ trackingId, flow, statusUrl }: Attempt): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ trackingId, flow, statusUrl }));
  } catch {
    // Storage is forbidden: the return route alone still gets to the truth.
  }
}

/** Once: who asks again is not coming back from the bank. */
export function takeAttempt(): unknown {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return JSON.parse(kept ?? 'null') as unknown;
  } catch {
    return null;
  }
}
