/** A session, and the page that it is paid in: from the token to a page that can be used. */
import type { CashierError } from '../errors.ts';
import { openAgain } from './closing.ts';
import { watchEnd } from './renewal.ts';
import type { Effect, Phase, SessionFacts, State, Step } from './state.ts';
import { mayMint } from './status.ts';
import { fail, INITIAL, stay, withoutError } from './steps.ts';

interface Arrival {
  readonly session: SessionFacts;
  readonly moved?: boolean;
  readonly again?: boolean;
}

export function onSession(state: State, { session, moved = false, again = false }: Arrival): Step {
  const late = lateFor(state);
  if (late) return late;
  const { outcome, knowledge, connected, warm, loaded, doubted, resting = false } = state;
  // The same order before any payment: only the token is new. Else a session of its own.
  const continues = state.session?.trackingId === session.trackingId && !outcome && !knowledge;
  const isSpent = outcome !== undefined || doubted === 'over' || doubted === 'spent';
  // Renewed ahead of its end, in vain: the page goes on with what it has.
  if (again && connected && !isSpent) return stay(state);
  // A page that was loaded ahead and is still on its way gets its token when it says hello.
  const kept = !moved && state.phase !== 'failed' && (connected || (warm && !loaded));
  const fresh: State = {
    ...(kept ? (continues ? state : forNewSession(state)) : { ...INITIAL, phase: 'loading' }),
    session,
    resting,
    // Its address has another token, so it is told after each hello.
    warm: kept,
  };
  const { doubted: _asked, wanted: _waits, ...undoubted } = fresh;
  const deadline: readonly Effect[] = fresh.phase === 'loading' ? [{ do: 'start-timer', name: 'hello' }] : [];
  const feed: readonly Effect[] = session.verifiable ? [{ do: 'start-feed' }] : [];
  return stay(
    again && (isSpent || doubted) ? { ...undoubted, doubted: isSpent ? 'spent' : 'soon' } : undoubted,
    { do: kept ? 'send-session' : 'open-frame' },
    ...deadline,
    ...feed,
    ...(again ? [] : watchEnd(session, continues || resting)),
  );
}

/** Asked for before the payment began that is under way now: its token is let go, and the page that was there comes back. */
function lateFor(state: State): Step | undefined {
  if (state.phase === 'idle') return stay(state);
  if (!state.session || mayMint(state)) return undefined;
  return state.closed && state.phase === 'loading' ? openAgain(state) : stay(state);
}

export function onSessionFailed(state: State, error: CashierError): Step {
  const late = lateFor(state);
  if (late) return late;
  // The page that is open can be used until it says that its token is over.
  return state.phase === 'ready' && state.doubted === 'soon' ? stay(state) : fail(state, error);
}

export function onResume(session: SessionFacts, phase: Phase): Step {
  const feed: readonly Effect[] = session.verifiable ? [{ do: 'start-feed' }] : [];
  const followed: State = { ...INITIAL, phase, session, loaded: true, elsewhere: true, risked: true };
  return stay(followed, { do: 'close-frame' }, ...feed);
}

/** The page stays; what was known of the session before it goes. */
function forNewSession({ phase, connected, loaded, warm }: State): State {
  const opening = phase === 'loading';
  return { phase: opening ? 'loading' : 'ready', locked: false, connected, loaded, warm };
}

/**
 * A hello after the deadline still counts: the error card gives way to the live page. What is done in it, it says itself
 * from now on.
 */
export function onHello({ touched: _before, ...state }: State): Step {
  const next: State = { ...state, connected: true, loaded: true };
  if (state.phase === 'idle') return stay(next);
  if (state.warm && state.session) return stay(next, { do: 'send-session' });
  // It has yet to say that it can be used; until then its deadline stands.
  return stay(next);
}

/** Without a word of that page nobody knows what was pressed in it. */
export function onTouched(state: State): Step {
  return state.session && !state.connected && !state.outcome
    ? stay({ ...state, touched: true })
    : stay(state);
}

/** A page that was loaded ahead, and is done without a hello, takes no token over the port: it is opened again, with one. */
export function onLoaded(state: State, usable: boolean): Step {
  if (state.session && !state.outcome && !state.connected && state.warm) {
    return stay({ ...state, warm: false }, { do: 'open-frame' }, { do: 'start-timer', name: 'hello' });
  }
  const next = { ...state, loaded: true };
  return usable ? onReady(next) : stay(next);
}

export function onReady(state: State): Step {
  if (state.phase !== 'loading' && state.phase !== 'failed') return stay(state);
  return stay(
    { ...withoutError(state), phase: 'ready' },
    { do: 'stop-timer', name: 'hello' },
    { do: 'tell-ready' },
  );
}

export function onFrameError(state: State, error: CashierError): Step {
  if (state.phase === 'idle') return cool(state);
  // A page that was opened ahead was a guess: the session opens its own.
  if (state.outcome || (state.warm && !state.session)) return stay(state);
  if (error.code !== 'protocol-mismatch') return fail(state, error);
  // A page of another version can still be paid on; only what goes over the port is missing.
  const { state: next, effects } = onLoaded(state, true);
  return stay(next, ...effects, { do: 'tell-error', error });
}

/** Two open forms are two payments: this one is put away, unless it has been paid on already. */
export function onOccupied(state: State, error: CashierError): Step {
  if (state.outcome || !mayMint(state) || (state.phase !== 'loading' && state.phase !== 'ready')) {
    return stay(state);
  }
  const put = { ...state, elsewhere: true, connected: false, loaded: false, warm: false };
  const { state: next, effects } = fail(put, error);
  return stay(next, { do: 'close-frame' }, ...effects);
}

/** A page that was loaded ahead is let go; nobody was waiting for it, so nobody is told. */
export function cool(state: State): Step {
  return state.warm ? stay(INITIAL, { do: 'close-frame' }) : stay(state);
}
