/** Bodies of others, which may be of any length: never more is kept than may be there. */

/** The whole body, or `undefined` when it is longer. What is left of it is the caller's to cancel, or to leave. */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      length += chunk.value.length;
      if (length > maxBytes) return undefined;
      chunks.push(chunk.value);
    }
  } finally {
    reader?.releaseLock();
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
