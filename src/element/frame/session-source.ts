/** Sessions, from the shop's own route or from the page, and their guard. */
import { FLOWS } from '../../model/flows.ts';
import type { OpenPayment, RouteError, Session } from '../../wire/session.ts';
import { maybe, oneOf, read, text } from '../../protocol/shape.ts';
import { CashierError, type RefusedSession } from '../errors.ts';
import {
  askForSession,
  type EarlySession,
  type SessionAnswer,
  type SessionWish,
  type Source,
} from './session-request.ts';

/** `Session` of `wire/session.ts`, whose schema would bring zod along; a test holds the two together. */
const SESSION = {
  trackingId: text(256),
  flow: oneOf(FLOWS),
  token: maybe(text(512)),
  cashierUrl: maybe(text(2_048)),
  url: maybe(text(2_048)),
  statusUrl: maybe(text(2_048)),
  returnUrl: maybe(text(2_048)),
  expiresAt: maybe(text(64)),
};

export function readSession(value: unknown): Session | undefined {
  const session = read(SESSION, value);
  const needed = session?.url
    ? [session.trackingId]
    : [session?.trackingId, session?.token, session?.cashierUrl];
  return session && needed.every(Boolean) ? { token: '', cashierUrl: '', ...session } : undefined;
}

export interface SessionQuestion extends SessionWish {
  readonly source: Source;
  readonly signal: AbortSignal;
  readonly early: EarlySession | undefined;
  /** The backend opens no second payment of an order whose first is open, or paid: that one is to be followed. */
  readonly onOpenPayment: (payment: OpenPayment) => void;
}

export interface FreshSession {
  readonly session: Session;
  /**
   * Until the token ends, in milliseconds; not a number when nobody said. By the clock of who answers, where that is known:
   * the shopper's, which may be wrong by hours, has no part in it then.
   */
  readonly expiresInMs: number;
}

/** @throws CashierError `session-failed`, with a `RefusedSession` as its cause where the route refused */
export async function loadSession(question: SessionQuestion): Promise<FreshSession> {
  const { source } = question;
  const { ok, status, body, now } = await answerTo(question);
  // Only a route refuses.
  if (!ok && typeof source === 'string') {
    const refusal = body as Partial<RouteError>;
    if (refusal.payment) question.onOpenPayment(refusal.payment);
    const cause: RefusedSession = { url: source, status, body: refusal };
    throw CashierError.of('session-failed', { cause });
  }
  const session = readSession(body);
  if (!session) throw CashierError.of('session-failed', { message: 'no-session' });
  return { session, expiresInMs: Date.parse(session.expiresAt ?? '') - (now || Date.now()) };
}

/** What was asked early is not asked again, if it was the same. */
function answerTo({ source, flow, lang, signal, early }: SessionQuestion): Promise<SessionAnswer> {
  if (early?.source === source && early.wish.flow === flow && early.wish.lang === lang) {
    signal.addEventListener('abort', early.stop);
    return early.answer;
  }
  early?.stop();
  return askForSession(source, { flow, lang }, signal);
}
