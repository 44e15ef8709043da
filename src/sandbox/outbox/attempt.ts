/** One HTTP attempt to deliver a webhook. */

/** What is kept of a receiver's answer; it is shown on the control page as text. */
const KEPT_CHARACTERS = 256;

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

export async function attemptDelivery(
  fetch: typeof globalThis.fetch,
  { id, url, body, headers, attempts, answerWithinMs }: Outgoing,
): Promise<AttemptResult> {
  try {
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
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return { status: response.status, answer: (await response.text()).slice(0, KEPT_CHARACTERS) };
  } catch (error) {
    return { status: 0, answer: describe(error, answerWithinMs).slice(0, KEPT_CHARACTERS) };
  }
}

/** fetch says only "fetch failed"; the cause says why. */
function describe(error: unknown, answerWithinMs: number): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${answerWithinMs / 1_000} s`;
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return 'connection refused';
  return code || (cause instanceof Error ? cause.message : error.message);
}
