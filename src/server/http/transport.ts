/**
 * One HTTP exchange, for every system. It has a deadline that covers the body too, follows no redirect (a redirect
 * would carry the key to another host), reads at most so many bytes, and repeats only what its caller declared repeatable.
 */
import { parseJson } from '../../wire/json.ts';
import { ApiError, type ApiErrorInit } from '../errors.ts';
import { outlineOf } from './outline.ts';
import { type Exchange, type Incoming, LateError } from './exchange.ts';

export interface TransportOptions {
  readonly system: ApiErrorInit['system'];
  /** May carry a path: `http://127.0.0.1:4010/gateway`. */
  readonly baseUrl: URL;
  readonly exchange: Exchange;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly timeoutMs: number;
  /** In all, for what is repeatable. Default 3. */
  readonly attempts?: number;
  /** Turns a refusal into its error. */
  readonly refuse: (answer: Answer, call: Call) => ApiError;
}

export interface Call {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Reads and keyed writes only. */
  readonly repeatable: boolean;
  /** That it was done is all there is to hear: 204, or 200 without a body, is an answer too. */
  readonly mayBeEmpty?: boolean;
  /** Of the answer. Default 1 MiB. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer extends Incoming {
  /** Parsed JSON, or `undefined` when the body is none. */
  readonly json: unknown;
}

export type Transport = (call: Call) => Promise<Answer>;

const ATTEMPTS = 3;
/** Who asks to wait for longer is not waited for. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

export function createTransport(options: TransportOptions): Transport {
  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await exchange(options, call);
        if (answer.status < 200 || answer.status >= 300) throw options.refuse(answer, call);
        // Half an answer: what may be repeated is asked for again.
        if (answer.json !== undefined || !call.repeatable) return answer;
        throw unreadable(options.system, call, answer, options.now());
      } catch (error) {
        const isLast = !call.repeatable || attempt >= (options.attempts ?? ATTEMPTS);
        if (isLast || !(error instanceof ApiError) || !error.retryable) throw error;
        const wait = error.retryAfterMs ?? pauseMs(attempt, options.random());
        if (wait > LONGEST_WAIT_MS) throw error;
        await options.sleep(wait);
      }
    }
  };
}

/** Doubling from 0.5 s to 5 s, with half to the whole of it by chance, so that callers do not come back all at once. */
function pauseMs(attempt: number, chance: number): number {
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.round(full * (0.5 + chance / 2));
}

/** RFC 9110, 10.2.3: seconds or a date. Anything else says nothing. */
export function retryAfterMs({ headers }: Answer, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^[0-9]{1,10}$/.test(text)) return Number(text) * 1_000;
  const date = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

export function urlOf(baseUrl: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(baseUrl);
  url.pathname = `${baseUrl.pathname.replace(/\/$/, '')}${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

async function exchange(options: TransportOptions, call: Call): Promise<Answer> {
  const { method, path, query, headers, body, repeatable, mostBytes, signal } = call;
  const { baseUrl, timeoutMs } = options;
  try {
    const answer = await options.exchange({
      method,
      url: urlOf(baseUrl, path, query),
      headers: {
        accept: 'application/json',
        'user-agent': 'kassa',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
      repeatable,
      mostBytes,
      signal,
    });
    const json = readJson(answer.text);
    return { ...answer, json: call.mayBeEmpty ? (json ?? nothingIn(answer)) : json };
  } catch (error) {
    if (signal?.aborted) throw error;
    throw noAnswer(options, call, error);
  }
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** An object without a field; `undefined` for what no API says: something that is no JSON, or a page, were it empty. */
function nothingIn({ text, headers }: Incoming): object | undefined {
  const isPage = /^\s*text\/html\b/i.test(headers.get('content-type') ?? '');
  return !isPage && ['', 'null'].includes(text.trim()) ? {} : undefined;
}

/** What an error may tell of a call: its headers hold the key, its body may hold a card. */
export const placeOf = (system: ApiErrorInit['system'], { operation, method, path, query, body }: Call) => ({
  system,
  operation,
  method,
  path,
  request: outlineOf(query, body),
});

/** The cause is left out on purpose: some runtimes put the whole request, key included, into it. */
function noAnswer(
  { system, baseUrl, now, timeoutMs }: TransportOptions,
  call: Call,
  error: unknown,
): ApiError {
  const late = error instanceof LateError;
  return new ApiError({
    ...placeOf(system, call),
    at: now(),
    status: 0,
    kind: late ? 'timeout' : 'network',
    detail: late
      ? `no whole answer within ${timeoutMs / 1_000} s`
      : `no answer from ${baseUrl.host} (${reasonOf(error)})`,
    hint: call.repeatable
      ? `Check that ${baseUrl.origin} can be reached from this machine, then try again.`
      : 'Whether it happened is not known. Ask for the status by tracking id before doing it again.',
    retryable: call.repeatable,
  });
}

/**
 * The code of the cause says why, and holds no request data. Texts are not quoted: they are anybody's, and some runtimes
 * put the header that they could not send into them.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const codes = [error.cause, error].map((it) =>
    typeof it === 'object' && it !== null && 'code' in it ? it.code : undefined,
  );
  return [...codes, error.name].find(isName) ?? 'unknown reason';
}

/** `ECONNREFUSED`, `UND_ERR_SOCKET`, `TypeError`: a word, and no sentence. */
const isName = (word: unknown): word is string => typeof word === 'string' && /^[A-Za-z]\w{2,40}$/.test(word);

/** Somebody else seems to have answered. */
export const ELSEWHERE_HINT =
  'Check that baseUrl points at the system itself, not at a proxy or a login page.';

/** An answer that is not what the documents describe. Its text is not quoted: it may be anybody's. */
export function unreadable(
  system: ApiErrorInit['system'],
  call: Call,
  { status, text, json }: Answer,
  now: number,
): ApiError {
  return new ApiError({
    ...placeOf(system, call),
    status,
    at: now,
    kind: 'invalid-response',
    detail: `the answer is not what the documents describe (${text.length} characters)`,
    hint: ELSEWHERE_HINT,
    retryable: call.repeatable && json === undefined,
  });
}
