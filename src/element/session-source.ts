/** What comes from the shop's backend, and its guards: sessions, from its route or from the page, and reports. */
import { FLOWS, type Flow } from '../model/flows.ts';
import { STATUSES } from '../model/statuses.ts';
import { maybe, oneOf, read, type Shape, text } from '../protocol/shape.ts';
import type { RouteError, Session, StatusReport } from '../wire/session.ts';
import { CashierError } from './errors.ts';

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

/** The shape of `StatusReport` in `wire/session.ts`. */
export const REPORT = {
  trackingId: text(256),
  status: oneOf(STATUSES),
  rawStatus: text(64),
  transactionId: maybe(text(128)),
  reason: maybe(text(500)),
} satisfies Shape;

const REFUSAL = { message: maybe(text(500)), hint: maybe(text(500)) } satisfies Shape;

export const readReport = (value: unknown): StatusReport | undefined => read(REPORT, value);

/** A session, or how to get one. A function is asked again for each new session. */
export type SessionInput = Session | Promise<Session> | (() => Session | Promise<Session>);

export interface SessionSource {
  readonly session: SessionInput | undefined;
  readonly sessionUrl: string | undefined;
  readonly flow: Flow;
  readonly lang: string | undefined;
  readonly signal: AbortSignal;
}

/** @throws CashierError `session-failed`, whose message is the backend's own where it gave one. */
export async function loadSession(source: SessionSource): Promise<Session> {
  const value = await askFor(source).catch((error: unknown) => {
    throw error instanceof CashierError || source.signal.aborted ? error : failed(messageOf(error));
  });
  const session = read(SESSION, value);
  if (session?.token && session.trackingId) return session;
  throw failed('no-session');
}

async function askFor({ session, sessionUrl, flow, lang, signal }: SessionSource): Promise<unknown> {
  if (session !== undefined) return typeof session === 'function' ? session() : session;
  if (sessionUrl === undefined) throw failed('no-source');
  const response = await fetch(sessionUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ flow, ...(lang !== undefined && { lang }) }),
    signal,
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  // What the shop's routes answer when they refuse; anything else has no such words.
  const { message, hint } = read(REFUSAL, (body as Partial<RouteError> | undefined)?.error) ?? {};
  throw failed(message ?? `${sessionUrl} answered HTTP ${response.status}.`, hint);
}

const failed = (message: string, hint = ''): CashierError =>
  CashierError.of('session-failed', { message, hint });

const messageOf = (error: unknown): string => `The session could not be fetched: ${String(error)}`;
