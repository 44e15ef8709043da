/** One HTTP attempt to deliver a webhook. */

/** An answer later than this counts as none (the gateway's documents name no limit; 10 s is the field's usual one). */
export const ANSWER_WITHIN_MS = 10_000;

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
}

export async function attemptDelivery(
  fetch: typeof globalThis.fetch,
  { id, url, body, headers, attempts }: Outgoing,
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
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return { status: response.status, answer: (await response.text()).slice(0, KEPT_CHARACTERS) };
  } catch (error) {
    return { status: 0, answer: describe(error).slice(0, KEPT_CHARACTERS) };
  }
}

/** fetch says only "fetch failed"; the cause says why. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${ANSWER_WITHIN_MS / 1_000} s`;
  const { cause } = error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return 'connection refused';
  return code || (cause instanceof Error ? cause.message : error.message);
}
