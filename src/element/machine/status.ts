/** What is known of a payment, from the frame's hints and the backend's reports, and how it ends the session. */
import { isFinal } from '../../model/final.ts';
import type { Outcome, OutcomeKind } from '../../model/outcome.ts';
import type { Status } from '../../model/statuses.ts';
import { CashierError } from '../errors.ts';
import type { Effect, Knowledge, Phase, State, Step } from './state.ts';
import { stay, withoutError } from './steps.ts';

/** How long a final hint may stay unconfirmed before the outcome is `unknown`. */
export const CONFIRM_WITHIN_MS = 60_000;

export function onBusy(state: State, locked: boolean): Step {
  if (state.outcome || state.phase === 'idle') return stay(state);
  const phase: Phase = locked ? 'busy' : state.phase === 'busy' ? 'ready' : state.phase;
  // It lives after all.
  const waits: readonly Effect[] = locked && !state.knowledge ? [{ do: 'stop-timer', name: 'confirm' }] : [];
  return stay({ ...state, locked, phase }, ...waits);
}

/** Bank or page have had their turn: whoever leaves now does not know how it ended. */
export function onReturned(state: State): Step {
  return stay(
    { ...state, phase: 'busy', locked: false, risked: true },
    { do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS },
  );
}

interface Told {
  readonly status: Status;
  readonly rawStatus?: string;
  readonly transactionId?: string | undefined;
  readonly reason?: string | undefined;
}

export function onHint(state: State, told: Told): Step {
  const { session, knowledge, outcome } = state;
  if (!session || outcome || knowledge?.verified) return stay(state);
  const next = learn(told, false);
  if (!session.verifiable && isFinal(told.status)) return settle({ ...state, knowledge: next }, knowledge);
  const waiting: readonly Effect[] = isFinal(told.status)
    ? [{ do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS }]
    : [];
  return stay({ ...state, knowledge: next }, ...tellChange(next, knowledge), ...waiting);
}

export function onReport(state: State, told: Told): Step {
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

export function conclude(state: State, kind: OutcomeKind, first: readonly Effect[] = []) {
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
export const isCertain = (knowledge: Knowledge | undefined): boolean =>
  knowledge !== undefined && knowledge.verified && isFinal(knowledge.status);

export const isDecided = (outcome: Outcome | undefined): boolean =>
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

/** A new token is asked for only while no payment can be under way: before the first one, or after its certain end. */
export function mayMint({ knowledge, outcome, locked, risked, touched }: State): boolean {
  if (isCertain(knowledge)) return knowledge?.status === 'failed';
  if (outcome) return outcome.kind === 'failed' || outcome.kind === 'cancelled' || outcome.kind === 'expired';
  return !locked && !risked && !touched && !knowledge;
}
