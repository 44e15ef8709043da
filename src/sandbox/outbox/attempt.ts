/** One HTTP attempt to deliver a webhook. */
import { storable } from '../store/storable.ts';

/** What is kept of a receiver's answer; it is shown on the control page as text. */
const KEPT_CHARACTERS = 256;
/** What is read of it, so that its connection can be used again; whoever says more is cut off. */
const MOST_BYTES = 65_536;

export interface AttemptResult {
  /** HTTP status, or 0 when there was no answer. */
  readonly status: number;
  readonly answer: string;
}

export interface Outgoing {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Attempts made before this one. */
  readonly attempts: number;
  readonly answerWithinMs: number;
}

export interface UnderWay {
  /** Never rejects, and never comes later than the deadline. */
  readonly result: Promise<AttemptResult>;
  /** Drops the connection. The answer, if none has come, is that. */
  readonly giveUp: (because: string) => void;
}

export function attemptDelivery(fetch: typeof globalThis.fetch, outgoing: Outgoing): UnderWay {
  const { answerWithinMs } = outgoing;
  const controller = new AbortController();
  let giveUp = (_because: string): void => undefined;
  const givenUp = new Promise<AttemptResult>((resolve) => {
    giveUp = (because) => {
      resolve({ status: 0, answer: because });
      controller.abort();
    };
  });
  const timer = setTimeout(() => giveUp(`no answer within ${answerWithinMs / 1_000} s`), answerWithinMs);
  const answered = exchange(fetch, outgoing, controller.signal).catch((error: unknown) => ({
    status: 0,
    answer: kept(describe(error)),
  }));
  const result = Promise.race([answered, givenUp]).finally(() => clearTimeout(timer));
  return { result, giveUp };
}

async function exchange(
  fetch: typeof globalThis.fetch,
  { id, url, body, headers, attempts }: Outgoing,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    // A redirect is not an answer: following one would hand a signed body to another host.
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...headers,
      'x-webhook-id': id,
      'x-webhook-attempt': String(attempts + 1),
    },
    signal,
  });
  return { status: response.status, answer: kept(await beginningOf(response)) };
}

async function beginningOf({ body }: Response): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes <= MOST_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return text;
    bytes += value.length;
    if (text.length < KEPT_CHARACTERS) text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

/** The cut may leave half a pair. */
const kept = (text: string): string => storable(text.slice(0, KEPT_CHARACTERS));

/** fetch says only "fetch failed"; the cause says why. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return 'connection refused';
  return code || (cause instanceof Error ? cause.message : error.message);
}
