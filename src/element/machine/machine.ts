/**
 * The whole behaviour of the cashier as one pure function: no DOM, no time, no network. The element translates what
 * happens into inputs, and performs the effects.
 *
 * The rules of truth, which everything else serves:
 *  1. What the frame says is a hint. With a status URL, only the backend's report makes a status verified, and only a
 *     verified status ends the session as succeeded or failed.
 *  2. Without a status URL the hint is all there is; the outcome then says `verified: false`.
 *  3. No answer is never "failed". When a final hint is not confirmed within its time, the outcome is `unknown`.
 *  4. A verified final status is never left, whatever arrives late, twice or out of order.
 *  5. One outcome for each session. Trying again after a decline is a new session, with a new token. What the backend
 *     says after an `unknown` is told as a status.
 *  6. While money moves nothing can close the cashier, and no second token is minted.
 */
import { CashierError } from '../errors.ts';
import { onClose, onDetach, onRetry } from './closing.ts';
import { onExpiry, onRenew, onRested, onSource, onTokenExpired } from './renewal.ts';
import {
  cool,
  onFrameError,
  onHello,
  onLoaded,
  onOccupied,
  onReady,
  onResume,
  onSession,
  onSessionFailed,
  onTouched,
} from './session.ts';
import type { Input, State, Step, TimerName } from './state.ts';
import { conclude, isDecided, mayMint, onBusy, onHint, onReport, onReturned } from './status.ts';
import { fail, stay } from './steps.ts';

export type * from './state.ts';
export { CONFIRM_WITHIN_MS } from './status.ts';
export { INITIAL } from './steps.ts';

export function step(state: State, input: Input): Step {
  switch (input.type) {
    case 'open':
      return state.phase === 'idle'
        ? stay({ ...state, phase: 'loading' }, { do: 'fetch-session' })
        : stay(state);
    case 'prewarm':
      return state.warm || state.session || state.phase === 'failed'
        ? stay(state)
        : stay({ ...state, warm: true }, { do: 'warm-frame' });
    case 'session':
      return onSession(state, input);
    case 'source':
      return onSource(state);
    case 'session-failed':
      return onSessionFailed(state, input.error);
    case 'hello':
      return onHello(state);
    case 'loaded':
      return onLoaded(state, input.usable && !state.connected);
    case 'touched':
      return onTouched(state);
    case 'frame-ready':
      return onReady(state);
    case 'frame-busy':
      return onBusy(state, input.locked);
    case 'resume':
      return state.outcome || mayMint(state) ? onResume(input.session, input.phase) : stay(state);
    case 'returned':
      return state.session && !state.outcome ? onReturned(state) : stay(state);
    case 'hint':
      return onHint(state, input);
    case 'report':
      return onReport(state, input);
    case 'token-expired':
      return onTokenExpired(state);
    case 'renew':
      return onRenew(state);
    case 'frame-error':
      return onFrameError(state, input.error);
    case 'occupied':
      return onOccupied(state, input.error);
    case 'feed-error':
      return state.outcome ? stay(state) : stay(state, { do: 'tell-error', error: input.error });
    case 'timer':
      return onTimer(state, input.name);
    case 'close':
      return state.locked || state.phase === 'idle'
        ? stay(state)
        : stay(state, { do: 'ask-close', by: input.by });
    case 'close-agreed':
      return state.locked || state.phase === 'idle' ? stay(state) : onClose(state);
    case 'retry':
      return onRetry(state);
    case 'detach':
      return state.phase === 'idle' ? cool(state) : onDetach(state);
  }
}

function onTimer(state: State, name: TimerName): Step {
  if (name === 'confirm') return isDecided(state.outcome) ? stay(state) : conclude(state, 'unknown');
  if (name === 'expiry') return onExpiry(state);
  if (name === 'rest') return onRested(state);
  if (state.phase !== 'loading') return stay(state);
  // What said hello and no more is there to be seen; what said nothing may be the browser's own broken page.
  return state.connected ? onReady(state) : fail(state, CashierError.of('frame-timeout'));
}
