/** Sessions, from the shop's own route or from the page, and their guard. */
import { FLOWS, type Flow } from '../../model/flows.ts';
import { maybe, oneOf, read, type Shape, text } from '../../protocol/shape.ts';
import type { OpenPayment, RouteError, Session } from '../../wire/session.ts';
import { CashierError, type RefusedSession } from '../errors.ts';

const url = text(2_048);

/** The shape of `Session` in `wire/session.ts`, which would bring zod along. A test holds the two together. */
export const SESSION = {
  token: text(512),
  flow: oneOf(FLOWS),
  trackingId: text(256),
  cashierUrl: url,
  statusUrl: maybe(url),
  returnUrl: maybe(url),
  expiresAt: maybe(text(64)),
} satisfies Shape;

/** A session, or how to get one. A function is asked again for each new session. */
export type SessionInput = Session | Promise<Session> | (() => Session | Promise<Session>);

export interface SessionSource {
  readonly session: SessionInput | undefined;
  readonly sessionUrl: string | undefined;
  readonly flow: Flow;
  readonly lang: string | undefined;
  readonly signal: AbortSignal;
  /** The backend opens no second payment of an order whose first is open, or paid: that one is to be followed. */
  readonly onOpenPayment: (payment: OpenPayment) => void;
}

/** @throws CashierError `session-failed`, with a `RefusedSession` as its cause where the route refused */
export async function loadSession(source: SessionSource): Promise<Session> {
  const session = read(SESSION, await askFor(source));
  if (session?.token && session.trackingId) return session;
  throw CashierError.of('session-failed', { message: 'no-session' });
}

async function askFor({ session, sessionUrl, ...source }: SessionSource): Promise<unknown> {
  const { flow, lang, signal, onOpenPayment } = source;
  if (session !== undefined) return typeof session === 'function' ? session() : session;
  if (sessionUrl === undefined) throw CashierError.of('session-failed', { message: 'no-source' });
  const response = await fetch(sessionUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ flow, ...(lang !== undefined && { lang }) }),
    signal,
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const refusal = body as Partial<RouteError>;
  if (refusal.payment) onOpenPayment(refusal.payment);
  const cause: RefusedSession = { url: sessionUrl, status: response.status, body: refusal };
  throw CashierError.of('session-failed', { cause });
}
