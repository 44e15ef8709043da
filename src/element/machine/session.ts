/** A session, and the page that it is paid in: from the token to a page that can be used. */
import type { CashierError } from '../errors.ts';
import type { Effect, Phase, SessionFacts, State, Step } from './state.ts';
import { mayMint } from './status.ts';
import { fail, INITIAL, stay, withoutError } from './steps.ts';

/** How long before its end a token is renewed. */
export const RENEW_BEFORE_MS = 60_000;

export function onSession(state: State, session: SessionFacts, moved: boolean): Step {
  if (state.phase === 'idle') return stay(state);
  // The same order before any payment: only the token is new. Else a session of its own.
  const continues = state.session?.trackingId === session.trackingId && !state.outcome && !state.knowledge;
  // A page that was loaded ahead and is still on its way gets its token when it says hello.
  const kept = !moved && (state.connected || (state.warm && !state.loaded));
  const fresh = kept
    ? continues
      ? { ...state, session }
      : forNewSession(state, session)
    : { ...INITIAL, phase: 'loading' as const, session };
  const deadline: readonly Effect[] = fresh.phase === 'loading' ? [{ do: 'start-timer', name: 'hello' }] : [];
  const expiry: readonly Effect[] =
    session.expiresInMs === undefined
      ? []
      : [{ do: 'start-timer', name: 'expiry', ms: Math.max(0, session.expiresInMs - RENEW_BEFORE_MS) }];
  const feed: readonly Effect[] = session.verifiable ? [{ do: 'start-feed' }] : [];
  return stay(fresh, { do: kept ? 'send-session' : 'open-frame' }, ...deadline, ...feed, ...expiry);
}

export function onResume(session: SessionFacts, phase: Phase): Step {
  const feed: readonly Effect[] = session.verifiable ? [{ do: 'start-feed' }] : [];
  return stay({ ...INITIAL, phase, session, loaded: true }, { do: 'close-frame' }, ...feed);
}

/** The page stays; what was known of the session before it goes. */
function forNewSession({ phase, connected, loaded, warm }: State, session: SessionFacts): State {
  const opening = phase === 'loading';
  return { phase: opening ? 'loading' : 'ready', locked: false, connected, loaded, warm, session };
}

/** A hello after the deadline still counts: the error card gives way to the live page. */
export function onHello(state: State): Step {
  const next: State = { ...state, connected: true, loaded: true };
  if (state.phase === 'idle') return stay(next);
  if (state.warm && state.session) return stay(next, { do: 'send-session' });
  return stay(next, { do: 'stop-timer', name: 'hello' });
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
  if (state.outcome) return stay(state);
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
