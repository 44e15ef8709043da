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
  replayed: /^(?:true|1)$/i.test(headers.get(REPLAY_HEADER) ?? ''),
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
    const answer = await transport({ ...call, mayBeEmpty: documented.mayBeEmpty });
    const reply = readReply(documented, answer.json);
    const notRead = (): Error => unreadable(options.system, call, answer, options.now());
    if (reply === undefined) throw notRead();
    return { reply, raw: answer.json, headers: answer.headers, notRead };
  }

  async function read<R extends Reply, T>(
    documented: R,
    request: KeyedRequest,
    describe: (reply: ReadReply<R>, raw: unknown) => T,
  ): Promise<T> {
    const answer = await exchange(documented, { ...request, method: 'GET', headers, repeatable: true });
    return describe(answer.reply, answer.raw);
  }

  function list<R extends Reply, T>(
    documented: R,
    request: KeyedRequest,
    { cursor: parameter, describe, idOf }: Listing<R, T>,
  ): AsyncIterable<T> {
    return eachOf(async (cursor) => {
      const query = { ...request.query, ...(cursor !== undefined && { [parameter]: cursor }) };
      const call = { ...request, query, method: 'GET', headers, repeatable: true };
      const { reply, raw, notRead } = await exchange(documented, call);
      return { ...describe(reply, raw), cutOff: notRead };
    }, idOf);
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

  return { read, write, list };
}

interface ListPage<T> {
  readonly data: readonly T[];
  /** Where the next page begins; `null` at the end. */
  readonly next: string | null | undefined;
  /** It says that there is more, whether it says where or not. */
  readonly hasMore: boolean | undefined;
}

interface Listing<R extends Reply, T> {
  /** The parameter that takes the cursor. */
  readonly cursor: string;
  readonly describe: (reply: ReadReply<R>, raw: unknown) => ListPage<T>;
  readonly idOf: (item: T) => string | undefined;
}

/**
 * One item after the other, each once; a page is asked for when it is needed. A list whose rows shift while it is read
 * shows some of them again, and a server that does not understand the cursor shows all of them again: that is an end.
 */
async function* eachOf<T>(
  page: (cursor: string | undefined) => Promise<ListPage<T> & { readonly cutOff: () => Error }>,
  idOf: (item: T) => string | undefined,
): AsyncGenerator<T, void, void> {
  const asked = new Set<string>();
  const told = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    const { data, next, hasMore, cutOff } = await page(cursor);
    const fresh = data.filter((item) => isFresh(told, idOf(item)));
    yield* fresh;
    // Nobody may take the list for shorter than it is. A cursor that is `null`, or empty, is the documented end.
    if (next === undefined && hasMore) throw cutOff();
    if (!next) return;
    if (asked.has(next) || (fresh.length === 0 && data.length > 0)) return;
    asked.add(next);
    cursor = next;
  }
}

/** Without an id, nothing says that two rows are the same. */
function isFresh(told: Set<string>, id: string | undefined): boolean {
  if (id === undefined) return true;
  const isKnown = told.has(id);
  told.add(id);
  return !isKnown;
}
