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
  const session = readSession(await askFor(source));
  if (session) return session;
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
