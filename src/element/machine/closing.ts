/** Leaving, honestly, and trying again where nothing can be paid twice. */
import { isFinal } from '../../model/final.ts';
import type { Effect, State, Step } from './state.ts';
import { conclude, CONFIRM_WITHIN_MS, isCertain, mayMint } from './status.ts';
import { INITIAL, stay, withoutError } from './steps.ts';

/** How the session ends for somebody who leaves: by what is known, and honestly. */
function leave(state: State) {
  const { knowledge, locked, risked, touched, doubted, error } = state;
  if (knowledge) return conclude(state, isFinal(knowledge.status) ? 'unknown' : 'pending');
  if (locked || risked || touched) return conclude(state, 'unknown');
  // The page had said that its token is over, and no other came: there was nothing left to pay with.
  const isOver = doubted === 'over' || error?.code === 'token-expired';
  return conclude(state, isOver ? 'expired' : 'cancelled');
}

export function onClose(state: State): Step {
  const { outcome } = leave(state).state;
  return stay(INITIAL, ...onDetach(state).effects, { do: 'tell-closed', outcome });
}

export function onDetach(state: State): Step {
  return stay(
    INITIAL,
    ...leave(state).effects,
    { do: 'stop-timer', name: 'hello' },
    { do: 'stop-timer', name: 'expiry' },
    { do: 'stop-feed' },
    { do: 'close-frame' },
  );
}

export function onRetry(state: State): Step {
  if (state.phase === 'idle') return stay(state);
  // Nothing may be paid before it is known how this ended: only the question is asked again.
  if (state.outcome?.kind === 'unknown' && !isCertain(state.knowledge)) {
    return stay(
      { ...withoutError(state), phase: 'busy' },
      { do: 'start-feed' },
      { do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS },
    );
  }
  if (state.elsewhere && !mayMint(state)) return stay({ ...withoutError(state), phase: 'busy' });
  const loading: State = {
    ...withoutError(state),
    phase: 'loading',
    connected: false,
    loaded: false,
    warm: false,
  };
  if (state.session && !mayMint(state)) return openAgain(loading, { do: 'close-frame' });
  return stay({ ...loading, closed: true }, { do: 'close-frame' }, { do: 'fetch-session' });
}

/** A payment that may be under way keeps its token: its page is opened again, not another one. */
export function openAgain({ closed: _was, ...state }: State, ...first: readonly Effect[]): Step {
  // The lock went with the page that held it.
  return stay(
    { ...state, locked: false, risked: true },
    ...first,
    { do: 'open-frame' },
    { do: 'start-timer', name: 'hello' },
  );
}
