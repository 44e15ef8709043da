import { MAX_MESSAGE_LENGTH } from './messages.ts';
import { amountUpTo, read, type Shape, text } from './shape.ts';

/** The one form of everything that is sent: `n` rises by one per direction, `t` is the type, `d` the data. */
export interface Envelope {
  readonly n: number;
  readonly t: string;
  readonly d: unknown;
}

const HEAD = { n: amountUpTo(Number.MAX_SAFE_INTEGER), t: text(32) } satisfies Shape;

/**
 * Reads an envelope whose data is plain JSON of an acceptable size. The size is that of the JSON text, measured
 * with a depth-safe serializer: cyclic or giant data makes it throw or overflow, and either way it is refused.
 */
export function readEnvelope(value: unknown): Envelope | undefined {
  const head = read(HEAD, value);
  if (!head) return undefined;
  try {
    const json = JSON.stringify(value);
    if (json.length > MAX_MESSAGE_LENGTH) return undefined;
  } catch {
    return undefined;
  }
  return { n: head.n, t: head.t, d: (value as { d?: unknown }).d };
}
