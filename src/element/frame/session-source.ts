/** Sessions, from the shop's own route or from the page, and their guard. */
import { FLOWS, type Flow } from '../../model/flows.ts';
import type { OpenPayment, RouteError, Session } from '../../wire/session.ts';
import { CashierError, type RefusedSession } from '../errors.ts';

/** Of `Session` in `wire/session.ts`, whose schema would bring zod along: each field's greatest length. */
const LENGTHS = {
  token: 512,
  trackingId: 256,
  cashierUrl: 2_048,
  url: 2_048,
  flow: 16,
  statusUrl: 2_048,
  returnUrl: 2_048,
  expiresAt: 64,
} as const;

/** By hand: a table would share its module with a chunk. A test holds it against the schema. */
export function readSession(value: unknown): Session | undefined {
  const told = Object(value) as Readonly<Record<string, unknown>>;
  const session: Record<string, string> = { token: '', cashierUrl: '' };
  for (const [name, longest] of Object.entries(LENGTHS)) {
    const part = Object.hasOwn(told, name) ? told[name] : undefined;
    if (part === undefined) continue;
    if (typeof part !== 'string' || part.length > longest) return undefined;
    session[name] = part;
  }
  const required = session.url ? ['trackingId'] : ['trackingId', 'token', 'cashierUrl'];
  const isWhole = required.every((name) => session[name]) && FLOWS.some((flow) => flow === session.flow);
  return isWhole ? (session as unknown as Session) : undefined;
}

/** A session, or how to get one. A function is asked again for each new session. */
export type SessionInput = Session | Promise<Session> | (() => Session | Promise<Session>);

/** What is asked: what the page set, or the address of the shop's route. */
export type Source = SessionInput | string;

export interface SessionQuestion {
  readonly source: Source;
  readonly flow: Flow;
  readonly lang: string | undefined;
  readonly signal: AbortSignal;
  /** The backend opens no second payment of an order whose first is open, or paid: that one is to be followed. */
  readonly onOpenPayment: (payment: OpenPayment) => void;
}

export interface FreshSession {
  readonly session: Session;
  /** Until the token ends, in milliseconds; not a number when nobody said. */
  readonly expiresInMs: number;
}

/** The gateway behind the route may be slow; a route that never answers must not keep the shopper for ever. */
const ANSWER_WITHIN_MS = 30_000;

/** @throws CashierError `session-failed`, with a `RefusedSession` as its cause where the route refused */
export async function loadSession(question: SessionQuestion): Promise<FreshSession> {
  const { source } = question;
  const { body, now } =
    typeof source === 'string'
      ? await post(source, question)
      : { body: await (typeof source === 'function' ? source() : source), now: NaN };
  const session = readSession(body);
  if (!session) throw CashierError.of('session-failed', { message: 'no-session' });
  return { session, expiresInMs: Date.parse(session.expiresAt ?? '') - (now || Date.now()) };
}

/**
 * `now` is the time by the clock of who answers: the end of a token minus that is how long it lives, and the shopper's
 * clock, which may be wrong by hours, has no part in it. (Of a route on another origin the browser shows it only with
 * `access-control-expose-headers: date`.)
 */
async function post(url: string, { flow, lang, signal, onOpenPayment }: SessionQuestion) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ flow, ...(lang !== undefined && { lang }) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return { body, now: Date.parse(response.headers.get('date') ?? '') };
  const refusal = body as Partial<RouteError>;
  if (refusal.payment) onOpenPayment(refusal.payment);
  const cause: RefusedSession = { url, status: response.status, body: refusal };
  throw CashierError.of('session-failed', { cause });
}
