/** Bodies of others, which may be of any length and take any time: never more is kept, or waited for, than may be. */

/** How long the body of a request may take, from its first byte to its last: what Kassa is sent is small. */
export const BODY_WITHIN_MS = 10_000;

/** A body that comes a byte at a time keeps a connection, and whoever waits for it, for ever. */
export class BodyTooSlowError extends Error {}

/**
 * The whole body, or `undefined` when it is longer. What is left of it is the caller's to cancel, or to leave.
 * @throws BodyTooSlowError when it is not whole in time, and what the stream throws when it breaks off
 */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  withinMs?: number,
): Promise<Uint8Array | undefined> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const deadline = { isPast: false };
  const timer =
    withinMs === undefined
      ? undefined
      : setTimeout(() => {
          deadline.isPast = true;
          reader?.cancel().catch(() => undefined);
        }, withinMs);
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      length += chunk.value.length;
      if (length > maxBytes) return undefined;
      chunks.push(chunk.value);
    }
  } finally {
    clearTimeout(timer);
    reader?.releaseLock();
  }
  // A cancelled stream ends like a whole one.
  if (deadline.isPast) throw new BodyTooSlowError('The body did not come in time.');
  return joined(chunks);
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (chunks.length === 1 && first) return first;
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
