/**
 * One request and its whole answer, by whatever the runtime does that best with: `node:http` in Node, where `fetch` costs
 * three to six times as much, and `fetch` everywhere else, or when the shop passes one. Both hold the same promises: a
 * deadline over the body too, no redirect, no more than 1 MiB. `test/contracts/exchange.ts` runs over both.
 */
import { readAtMost } from './read-body.ts';

export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
  /** May be sent a second time when nobody can know whether it came: a read, or a write with a key. */
  readonly repeatable: boolean;
  /** Default 1 MiB: a list without pages is larger. */
  readonly mostBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Incoming {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: { get(name: string): string | null };
  readonly text: string;
}

/** @throws LateError, what `signal` was aborted with, or what the network said */
export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** The deadline passed, whatever was still to come. */
export class LateError extends Error {}

export const MAX_ANSWER_BYTES = 1_048_576;

export const tooLarge = (): RangeError => new RangeError('The answer is too large');

export function fetchExchange(fetch: typeof globalThis.fetch): Exchange {
  return async ({ method, url, headers, body, timeoutMs, mostBytes = MAX_ANSWER_BYTES, signal }) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        redirect: 'manual',
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      });
      return {
        status: response.status,
        headers: response.headers,
        text: await readText(response, mostBytes),
      };
    } catch (error) {
      throw deadline.aborted && !signal?.aborted ? new LateError() : error;
    }
  };
}

async function readText({ body, headers }: Response, mostBytes: number): Promise<string> {
  const bytes = await readAtMost(body, mostBytes);
  if (bytes) return textOf(bytes, headers.get('content-type'));
  await body?.cancel();
  throw tooLarge();
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8. What is none is read by the character set that its sender names, where this runtime knows it. */
export function textOf(bytes: Uint8Array, contentType: string | null): string {
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  // UTF-16 is nearly always valid UTF-8, with an empty character beside each other one.
  const isWide = /^utf-?16/i.test(charset);
  try {
    return isWide ? new TextDecoder(charset).decode(bytes) : utf8.decode(bytes);
  } catch {
    return decodeBy(charset, bytes);
  }
}

function decodeBy(charset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
