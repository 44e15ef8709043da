/**
 * Another session without anybody's hand: for a token that ends, or from a source that came late. Once for each token,
 * and never two without a pause, whatever the clocks, the hosted page and the shop's page say.
 */
import { CashierError } from '../errors.ts';
import { onRetry } from './closing.ts';
import type { Effect, SessionFacts, State, Step } from './state.ts';
import { mayMint } from './status.ts';
import { fail, stay } from './steps.ts';

/** How long before its end a token is renewed. */
const RENEW_BEFORE_MS = 60_000;
/** A token that came is used before it is doubted. */
const USED_FIRST_MS = 1_000;
/** Between two sessions that nobody pressed a button for. */
const PAUSE_MS = 3_000;

const timeLeft = ({ expiresInMs = 0 }: SessionFacts): number =>
  Math.min(RENEW_BEFORE_MS, expiresInMs - USED_FIRST_MS);

/**
 * The timer of a token's end. One that seems to be over when it comes was measured by a clock that is wrong; so was one
 * that replaced another and seems to be as good as over. Its page will say when it is.
 */
export function watchEnd(session: SessionFacts, isRenewed: boolean): readonly Effect[] {
  const { expiresInMs = 0 } = session;
  if (expiresInMs > (isRenewed ? RENEW_BEFORE_MS : 0)) {
    return [{ do: 'start-timer', name: 'expiry', ms: expiresInMs - timeLeft(session) }];
  }
  return isRenewed ? [{ do: 'stop-timer', name: 'expiry' }] : [];
}

export function onExpiry(state: State): Step {
  if (!state.session || state.doubted || state.resting || !mayMint(state)) return stay(state);
  const secondsLeft = Math.max(0, Math.round(timeLeft(state.session) / 1_000));
  return stay({ ...state, doubted: 'soon' }, { do: 'ask-renew', secondsLeft });
}

/** After a decline this is the shopper's "try again"; before any payment, a token that got old. */
export function onTokenExpired(state: State): Step {
  if (!mayMint(state)) return stay(state);
  if (state.resting) return stay({ ...state, wanted: 'token-expired' });
  if (state.doubted === 'spent') return fail(state, CashierError.of('token-expired'));
  if (state.doubted === 'over') return stay(state);
  return stay({ ...state, doubted: 'over' }, { do: 'ask-renew', secondsLeft: 0 });
}

export function onRenew(state: State): Step {
  if (!mayMint(state)) return stay(state);
  return stay({ ...state, resting: true }, { do: 'fetch-session' }, REST);
}

const REST: Effect = { do: 'start-timer', name: 'rest', ms: PAUSE_MS };

/** Whoever waits for it goes on; a page that works is left alone. */
export function onSource(state: State): Step {
  const { phase, session, doubted, resting } = state;
  if (phase === 'loading' && !session) return stay(state, { do: 'fetch-session' });
  if (!mayMint(state) || (phase !== 'failed' && (!doubted || phase !== 'ready'))) return stay(state);
  if (resting) return stay({ ...state, wanted: 'source' });
  if (phase === 'ready') return onRenew(state);
  const { state: next, effects } = onRetry(state);
  return stay({ ...next, resting: true }, ...effects, REST);
}

export function onRested({ resting: _over, wanted, ...state }: State): Step {
  if (wanted === 'source') return onSource(state);
  return wanted ? onTokenExpired(state) : stay(state);
}
