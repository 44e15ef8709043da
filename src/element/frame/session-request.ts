/** The question for a session. The script-tag file asks it before the element is there to hear the answer. */
import type { Flow } from '../../model/flows.ts';
import type { Session } from '../../wire/session.ts';

/** A session, or how to get one. A function is asked again for each new session. */
export type SessionInput = Session | Promise<Session> | (() => Session | Promise<Session>);

/** What is asked: what the page set, or the address of the shop's route. */
export type Source = SessionInput | string;

/** What the shop's route is told. */
export interface SessionWish {
  readonly flow: Flow;
  readonly lang: string | undefined;
}

export interface SessionAnswer {
  readonly ok: boolean;
  readonly status: number;
  /** Of a route an empty object where it is no JSON. */
  readonly body: unknown;
  /**
   * By the clock of who answers, in milliseconds; not a number where it is not said. (Of a route on another origin the
   * browser shows it only with `access-control-expose-headers: date`.)
   */
  readonly now: number;
}

/** A question that is under way. */
export interface EarlySession {
  readonly source: Source;
  readonly wish: SessionWish;
  readonly answer: Promise<SessionAnswer>;
  readonly stop: () => void;
}

/** The gateway behind the route may be slow; a route that never answers must not keep the shopper for ever. */
const ANSWER_WITHIN_MS = 30_000;

export async function askForSession(
  source: Source,
  { flow, lang }: SessionWish,
  signal: AbortSignal,
): Promise<SessionAnswer> {
  if (typeof source !== 'string') {
    const body = await (typeof source === 'function' ? source() : source);
    return { ok: true, status: 200, body, now: NaN };
  }
  const response = await fetch(source, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ flow, ...(lang !== undefined && { lang }) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  const { ok, status, headers } = response;
  const body: unknown = await response.json().catch(() => ({}));
  return { ok, status, body, now: Date.parse(headers.get('date') ?? '') };
}
