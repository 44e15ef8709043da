import { amountUpTo, read, type Shape, text } from './shape.ts';

/** The one form of everything that is sent: `n` rises by one per direction, `t` is the type, `d` the data. */
export interface Envelope {
  readonly n: number;
  readonly t: string;
  readonly d: unknown;
}

const HEAD = { n: amountUpTo(Number.MAX_SAFE_INTEGER), t: text(32) } satisfies Shape;

/** Looks at nothing but the head: the data is judged by the table of its type, and its size by `weight.ts`. */
export function readEnvelope(value: unknown): Envelope | undefined {
  const head = read(HEAD, value);
  if (!head) return undefined;
  return { n: head.n, t: head.t, d: (value as { d?: unknown }).d };
}
