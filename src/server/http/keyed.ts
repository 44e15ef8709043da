/** What Nxos and Nixo share: writes with an idempotency key, and lists that come in pages. */
import { cryptoRandom, uuid } from '../../model/ids.ts';
import { type ReadReply, readReply, type Reply } from '../../wire/reading.ts';
import { InputError } from '../errors.ts';
import { type Answer, createTransport, type Call, type TransportOptions, unreadable } from './transport.ts';

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
const KEY_HEADER = 'idempotency-key';
const REPLAY_HEADER = 'idempotent-replayed';

function keyOf(operation: string, { idempotencyKey }: WriteOptions): string {
  if (idempotencyKey === undefined) return uuid(cryptoRandom);
  if (/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) return idempotencyKey;
  throw new InputError(operation, [
    { path: 'idempotencyKey', message: `must have 1 to ${LONGEST_KEY} characters of ASCII` },
  ]);
}

const written = <T extends object>(
  reply: T,
  idempotencyKey: string,
  headers: Answer['headers'],
): Written<T> => ({
  ...reply,
  idempotencyKey,
  replayed: headers.get(REPLAY_HEADER) === 'true',
});

export interface KeyedRequest {
  readonly operation: string;
  /** Default for a write: POST. */
  readonly method?: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const ATTEMPTS = 5;

/** Asks and writes by the documented reply. Both are repeated when the system is at fault: the key makes it safe for a write. */
export function createKeyedClient(
  options: Omit<TransportOptions, 'attempts'>,
  headers: Readonly<Record<string, string>>,
) {
  const transport = createTransport({ ...options, attempts: ATTEMPTS });

  async function exchange<R extends Reply>(documented: R, call: Call) {
    const answer = await transport(call);
    const reply = readReply(documented, answer.json);
    if (reply === undefined) throw unreadable(options.system, call, answer, options.now());
    return { reply, raw: answer.json, headers: answer.headers };
  }

  async function read<R extends Reply, T>(
    documented: R,
    request: KeyedRequest,
    describe: (reply: ReadReply<R>, raw: unknown) => T,
  ): Promise<T> {
    const answer = await exchange(documented, { ...request, method: 'GET', headers, repeatable: true });
    return describe(answer.reply, answer.raw);
  }

  async function write<R extends Reply, T extends object>(
    documented: R,
    { method = 'POST', ...request }: KeyedRequest,
    describe: (reply: ReadReply<R>, raw: unknown) => T,
    writeOptions: WriteOptions = {},
  ): Promise<Written<T>> {
    const key = keyOf(request.operation, writeOptions);
    const { signal } = writeOptions;
    const call = {
      ...request,
      method,
      headers: { ...headers, [KEY_HEADER]: key },
      repeatable: true,
      signal,
    };
    const answer = await exchange(documented, call);
    return written(describe(answer.reply, answer.raw), key, answer.headers);
  }

  return { read, write };
}

export interface ListPage<T> {
  readonly data: readonly T[];
  /** Of the next page; `null` at the end. */
  readonly next: string | null;
}

/** One item after the other; a page is asked for when it is needed. A cursor that leads back to its own page is an end. */
export async function* eachOf<T>(
  page: (cursor: string | undefined) => Promise<ListPage<T>>,
): AsyncGenerator<T, void, void> {
  let cursor: string | undefined;
  do {
    const { data, next } = await page(cursor);
    yield* data;
    if (next === cursor) return;
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
