/** What Nxos and Nixo share: writes with an idempotency key, and lists that come in pages. */
import { cryptoRandom, uuid } from '../model/ids.ts';
import { InputError } from './errors.ts';

export interface WriteOptions {
  /** Up to 255 characters. Made for each call without one, and the same for all its retries. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** The answer to a write, with the key under which it may be asked for again. */
export type Written<T> = T & {
  readonly idempotencyKey: string;
  /** It had been done before; this is the answer of that time. */
  readonly replayed: boolean;
};

const LONGEST_KEY = 255;
export const KEY_HEADER = 'idempotency-key';
const REPLAY_HEADER = 'idempotent-replayed';

export function keyOf(operation: string, { idempotencyKey }: WriteOptions): string {
  if (idempotencyKey === undefined) return uuid(cryptoRandom);
  if (/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) return idempotencyKey;
  throw new InputError(operation, [
    { path: 'idempotencyKey', message: `must have 1 to ${LONGEST_KEY} characters of ASCII` },
  ]);
}

export const written = <T extends object>(
  reply: T,
  idempotencyKey: string,
  headers: Headers,
): Written<T> => ({ ...reply, idempotencyKey, replayed: headers.get(REPLAY_HEADER) === 'true' });

export interface ListPage<T> {
  readonly data: readonly T[];
  /** Of the next page; `null` at the end. */
  readonly next: string | null;
}

/** One item after the other; a page is asked for when it is needed. */
export async function* eachOf<T>(
  page: (cursor: string | undefined) => Promise<ListPage<T>>,
): AsyncGenerator<T, void, void> {
  let cursor: string | undefined;
  do {
    const { data, next } = await page(cursor);
    yield* data;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
