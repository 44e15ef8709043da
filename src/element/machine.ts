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
import type { Outcome, OutcomeKind } from '../model/outcome.ts';
import { isFinal, type Status } from '../model/statuses.ts';
import { CashierError } from './errors.ts';

export type Phase = 'idle' | 'loading' | 'ready' | 'busy' | 'challenge' | 'settled' | 'failed';

/** What the machine has to know of a session. */
export interface SessionFacts {
  readonly trackingId: string;
  /** There is a status URL, so that the backend can confirm. */
  readonly verifiable: boolean;
  /** Until the token stops working, in milliseconds. */
  readonly expiresInMs?: number;
}

/** What is known about the payment of this session. */
export interface Knowledge {
  readonly status: Status;
  readonly rawStatus: string;
  readonly verified: boolean;
  readonly transactionId?: string;
  readonly reason?: string;
}

export interface State {
  readonly phase: Phase;
  readonly session?: SessionFacts;
  readonly knowledge?: Knowledge;
  readonly outcome?: Outcome;
  /** Money moves: closing is refused. */
  readonly locked: boolean;
  /** The hosted page has said hello, so tokens can travel over the port. */
  readonly connected: boolean;
  /** There is a document in the frame, whatever it is: a browser's error page loads too. */
  readonly loaded: boolean;
  /** The frame was opened before there was a token: each hello is answered with one, as soon as there is one. */
  readonly warm: boolean;
  /** Another tab has this order open: here it can only be followed. */
  readonly elsewhere?: boolean;
  readonly error?: CashierError;
}

export const INITIAL: State = {
  phase: 'idle',
  locked: false,
  connected: false,
  loaded: false,
  warm: false,
};

export type TimerName = 'hello' | 'confirm' | 'expiry';
export type Closer = 'shopper' | 'page' | 'frame';

export type Input =
  | { readonly type: 'open' }
  /** Load the hosted page before there is a token. */
  | { readonly type: 'prewarm' }
  /** `moved`: its hosted page is not the one that the frame shows. */
  | { readonly type: 'session'; readonly session: SessionFacts; readonly moved?: boolean }
  | { readonly type: 'session-failed'; readonly error: CashierError }
  /** The frame said hello; all else it says comes over the port. */
  | { readonly type: 'hello' }
  /** `usable`: this page is not expected to say when it can be used. */
  | { readonly type: 'loaded'; readonly usable: boolean }
  | { readonly type: 'frame-ready' }
  | { readonly type: 'frame-busy'; readonly locked: boolean }
  | {
      readonly type: 'hint';
      readonly status: Status;
      readonly transactionId?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'token-expired' }
  /** The frame cannot work: blocked, refused, unsafe, of another version. */
  | { readonly type: 'frame-error'; readonly error: CashierError }
  /** The status route does not answer. Told, and waited for: it says nothing about the money. */
  | { readonly type: 'feed-error'; readonly error: CashierError }
  /** Another tab of this browser has the same order open. */
  | { readonly type: 'occupied'; readonly error: CashierError }
  /** A payment that began elsewhere: charged by the shop's backend, or left for a redirect. It has no hosted page here. */
  | { readonly type: 'resume'; readonly session: SessionFacts; readonly phase: 'busy' | 'challenge' }
  /** The shopper came back from the bank; how it ended is the backend's to say. */
  | { readonly type: 'returned' }
  /** The backend's word. */
  | {
      readonly type: 'report';
      readonly status: Status;
      readonly rawStatus: string;
      readonly transactionId?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'timer'; readonly name: TimerName }
  | { readonly type: 'close'; readonly by: Closer }
  /** Nobody prevented `kassa-close`. */
  | { readonly type: 'close-agreed' }
  /** Nobody prevented `kassa-expiring`. */
  | { readonly type: 'renew' }
  | { readonly type: 'retry' }
  /** The element left the document for good. */
  | { readonly type: 'detach' };

export type Effect =
  | { readonly do: 'fetch-session' }
  | { readonly do: 'warm-frame' }
  | { readonly do: 'open-frame' }
  /** Hands the new token to the page that is open already. */
  | { readonly do: 'send-session' }
  | { readonly do: 'close-frame' }
  | { readonly do: 'start-feed' }
  | { readonly do: 'stop-feed' }
  | { readonly do: 'start-timer'; readonly name: TimerName; readonly ms?: number }
  | { readonly do: 'stop-timer'; readonly name: TimerName }
  | { readonly do: 'send-verified'; readonly status: Status }
  | { readonly do: 'tell-ready' }
  | { readonly do: 'tell-status'; readonly knowledge: Knowledge; readonly previous: Status | undefined }
  | { readonly do: 'tell-outcome'; readonly outcome: Outcome }
  | { readonly do: 'tell-error'; readonly error: CashierError }
  | { readonly do: 'ask-close'; readonly by: Closer }
  | { readonly do: 'ask-renew'; readonly secondsLeft: number }
  | { readonly do: 'tell-closed'; readonly outcome: Outcome };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** How long a final hint may stay unconfirmed before the outcome is `unknown`. */
export const CONFIRM_WITHIN_MS = 60_000;
/** How long before its end a token is renewed. */
const RENEW_BEFORE_MS = 60_000;

const stay = <S extends State>(state: S, ...effects: readonly Effect[]) => ({ state, effects });

export function step(state: State, input: Input): Step {
  switch (input.type) {
    case 'open':
      return state.phase === 'idle'
        ? stay({ ...state, phase: 'loading' }, { do: 'fetch-session' })
        : stay(state);
    case 'prewarm':
      return state.phase === 'idle' && !state.warm
        ? stay({ ...state, warm: true }, { do: 'warm-frame' })
        : stay(state);
    case 'session':
      return onSession(state, input.session, input.moved ?? false);
    case 'session-failed':
      return state.phase === 'idle' ? stay(state) : fail(state, input.error);
    case 'hello':
      return onHello(state);
    case 'loaded':
      return onLoaded(state, input.usable && !state.connected);
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
      // After a decline this is the shopper's "try again"; before any payment, a token that got old.
      return mayMint(state) ? stay(state, { do: 'ask-renew', secondsLeft: 0 }) : stay(state);
    case 'renew':
      return mayMint(state) ? stay(state, { do: 'fetch-session' }) : stay(state);
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

/** Two open forms are two payments: this one is put away, unless it has been paid on already. */
function onOccupied(state: State, error: CashierError): Step {
  if (state.outcome || !mayMint(state) || (state.phase !== 'loading' && state.phase !== 'ready')) {
    return stay(state);
  }
  const put = { ...state, elsewhere: true, connected: false, loaded: false, warm: false };
  const { state: next, effects } = fail(put, error);
  return stay(next, { do: 'close-frame' }, ...effects);
}

/** A page that was loaded ahead is let go; nobody was waiting for it, so nobody is told. */
function cool(state: State): Step {
  return state.warm ? stay(INITIAL, { do: 'close-frame' }) : stay(state);
}

/** A page that was loaded ahead, and is done without a hello, takes no token over the port: it is opened again, with one. */
function onLoaded(state: State, usable: boolean): Step {
  if (state.session && !state.outcome && !state.connected && state.warm) {
    return stay({ ...state, warm: false }, { do: 'open-frame' }, { do: 'start-timer', name: 'hello' });
  }
  const next = { ...state, loaded: true };
  return usable ? onReady(next) : stay(next);
}

function onReady(state: State): Step {
  if (state.phase !== 'loading' && state.phase !== 'failed') return stay(state);
  return stay(
    { ...withoutError(state), phase: 'ready' },
    { do: 'stop-timer', name: 'hello' },
    { do: 'tell-ready' },
  );
}

function onFrameError(state: State, error: CashierError): Step {
  if (state.phase === 'idle') return cool(state);
  if (state.outcome) return stay(state);
  if (error.code !== 'protocol-mismatch') return fail(state, error);
  // A page of another version can still be paid on; only what goes over the port is missing.
  const { state: next, effects } = onLoaded(state, true);
  return stay(next, ...effects, { do: 'tell-error', error });
}

function onSession(state: State, session: SessionFacts, moved: boolean): Step {
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

function onResume(session: SessionFacts, phase: Phase): Step {
  const feed: readonly Effect[] = session.verifiable ? [{ do: 'start-feed' }] : [];
  return stay({ ...INITIAL, phase, session, loaded: true }, { do: 'close-frame' }, ...feed);
}

function onReturned(state: State): Step {
  return stay({ ...state, phase: 'busy' }, { do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS });
}

/** The page stays; what was known of the session before it goes. */
function forNewSession({ phase, connected, loaded, warm }: State, session: SessionFacts): State {
  const opening = phase === 'loading';
  return { phase: opening ? 'loading' : 'ready', locked: false, connected, loaded, warm, session };
}

/** A hello after the deadline still counts: the error card gives way to the live page. */
function onHello(state: State): Step {
  const next: State = { ...state, connected: true, loaded: true };
  if (state.phase === 'idle') return stay(next);
  if (state.warm && state.session) return stay(next, { do: 'send-session' });
  return stay(next, { do: 'stop-timer', name: 'hello' });
}

function onBusy(state: State, locked: boolean): Step {
  if (state.outcome || state.phase === 'idle') return stay(state);
  const phase: Phase = locked ? 'busy' : state.phase === 'busy' ? 'ready' : state.phase;
  return stay({ ...state, locked, phase });
}

interface Told {
  readonly status: Status;
  readonly rawStatus?: string;
  readonly transactionId?: string | undefined;
  readonly reason?: string | undefined;
}

function onHint(state: State, told: Told): Step {
  const { session, knowledge, outcome } = state;
  if (!session || outcome || knowledge?.verified) return stay(state);
  const next = learn(told, false);
  if (!session.verifiable && isFinal(told.status)) return settle({ ...state, knowledge: next }, knowledge);
  const waiting: readonly Effect[] = isFinal(told.status)
    ? [{ do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS }]
    : [];
  return stay({ ...state, knowledge: next }, ...tellChange(next, knowledge), ...waiting);
}

function onReport(state: State, told: Told): Step {
  const { session, knowledge, outcome } = state;
  if (!session) return stay(state);
  // The backend may know nothing yet; that is no news about the payment.
  if (told.rawStatus === '') return stay(state);
  if (isCertain(knowledge) || isDecided(outcome)) return stay(state);
  const next = learn(told, true);
  if (isFinal(told.status)) return settle({ ...state, knowledge: next }, knowledge);
  // A confirmed "pending" does not take back that the frame has seen the end.
  if (knowledge && isFinal(knowledge.status)) return stay(state);
  return stay({ ...state, knowledge: next }, ...tellChange(next, knowledge));
}

function learn({ status, rawStatus, transactionId, reason }: Told, verified: boolean): Knowledge {
  return {
    status,
    rawStatus: rawStatus ?? status,
    verified,
    ...(transactionId !== undefined && { transactionId }),
    ...(reason !== undefined && { reason }),
  };
}

function tellChange(next: Knowledge, before: Knowledge | undefined): readonly Effect[] {
  const same = before?.status === next.status && before.verified === next.verified;
  return same ? [] : [{ do: 'tell-status', knowledge: next, previous: before?.status }];
}

/** Ends the session by what is known, which is final. */
function settle(state: State & { readonly knowledge: Knowledge }, before: Knowledge | undefined): Step {
  const { knowledge } = state;
  const confirmed: readonly Effect[] = knowledge.verified
    ? [{ do: 'send-verified', status: knowledge.status }]
    : [];
  return conclude(state, knowledge.status === 'succeeded' ? 'succeeded' : 'failed', [
    ...tellChange(knowledge, before),
    ...confirmed,
  ]);
}

function conclude(state: State, kind: OutcomeKind, first: readonly Effect[] = []) {
  // What became certain after an `unknown` is told as a status: one outcome for each session.
  const outcome = state.outcome ?? outcomeOf(state, kind);
  const settled = { ...withoutError(state), phase: 'settled' as const, locked: false, outcome };
  return stay(
    kind === 'unknown' ? { ...settled, error: CashierError.of('status-unreachable') } : settled,
    ...first,
    { do: 'stop-timer', name: 'confirm' },
    { do: 'stop-timer', name: 'expiry' },
    { do: 'stop-feed' },
    ...(state.outcome ? [] : [{ do: 'tell-outcome' as const, outcome }]),
  );
}

/** The backend has said how it ended, and that is never taken back. */
const isCertain = (knowledge: Knowledge | undefined): boolean =>
  knowledge !== undefined && knowledge.verified && isFinal(knowledge.status);

const isDecided = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && outcome.kind !== 'unknown';

function outcomeOf({ session, knowledge }: State, kind: OutcomeKind): Outcome {
  const decided = kind === 'succeeded' || kind === 'failed';
  return {
    kind,
    verified: decided && (knowledge?.verified ?? false),
    trackingId: session?.trackingId ?? '',
    ...(knowledge?.transactionId !== undefined && { transactionId: knowledge.transactionId }),
    ...(knowledge?.reason !== undefined && { reason: knowledge.reason }),
  };
}

function onTimer(state: State, name: TimerName): Step {
  if (name === 'confirm') return isDecided(state.outcome) ? stay(state) : conclude(state, 'unknown');
  if (name === 'expiry') {
    return mayMint(state)
      ? stay(state, { do: 'ask-renew', secondsLeft: RENEW_BEFORE_MS / 1_000 })
      : stay(state);
  }
  if (state.phase !== 'loading') return stay(state);
  return fail(state, CashierError.of('frame-timeout'));
}

function fail(state: State, error: CashierError): Step {
  return stay(
    { ...state, phase: 'failed', error },
    { do: 'stop-timer', name: 'hello' },
    { do: 'tell-error', error },
  );
}

/** How the session ends for somebody who leaves: by what is known, and honestly. */
function leave(state: State) {
  const { knowledge, locked } = state;
  if (!knowledge) return conclude(state, locked ? 'unknown' : 'cancelled');
  return conclude(state, isFinal(knowledge.status) ? 'unknown' : 'pending');
}

function onClose(state: State): Step {
  const { outcome } = leave(state).state;
  return stay(INITIAL, ...onDetach(state).effects, { do: 'tell-closed', outcome });
}

function onDetach(state: State): Step {
  return stay(
    INITIAL,
    ...leave(state).effects,
    { do: 'stop-timer', name: 'hello' },
    { do: 'stop-timer', name: 'expiry' },
    { do: 'stop-feed' },
    { do: 'close-frame' },
  );
}

function onRetry(state: State): Step {
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
  // A payment that may be under way keeps its token: its page is opened again, not another one.
  if (state.session && !mayMint(state)) {
    return stay(loading, { do: 'close-frame' }, { do: 'open-frame' }, { do: 'start-timer', name: 'hello' });
  }
  return stay(loading, { do: 'close-frame' }, { do: 'fetch-session' });
}

/** A new token is asked for only while no payment can be under way: before the first one, or after its certain end. */
function mayMint({ knowledge, outcome, locked }: State): boolean {
  if (isCertain(knowledge)) return knowledge?.status === 'failed';
  if (outcome) return outcome.kind === 'failed' || outcome.kind === 'cancelled' || outcome.kind === 'expired';
  return !locked && !knowledge;
}

function withoutError({ error: _dropped, ...rest }: State): State {
  return rest;
}
