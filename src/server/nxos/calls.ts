/** What every call to Nxos is made of: its input checked, its answer read as far as it can be, its lists page by page. */
import { maybe, type ReadReply, type Reply } from '../../wire/reading.ts';
import type { Input, Output, Schema } from '../../wire/schema.ts';
import { withFields } from '../../wire/unknown-fields.ts';
import { createKeyedClient, type KeyedRequest, type WriteOptions, type Written } from '../http/keyed.ts';
import { readInput, readUnknown } from '../input.ts';
import { nxosRefusal } from './errors.ts';
import type { readNxosOptions } from './options.ts';

interface Page<Row> {
  readonly data: readonly Row[];
  readonly nextCursor?: string | null | undefined;
  readonly hasMore?: boolean | undefined;
}

type RowOf<R extends Reply> = ReadReply<R> extends Page<infer Row> ? Row : never;

export interface NxosCalls {
  /** An input by its schema, with what Kassa does not know passed on where the client is told so. */
  readonly checked: <S extends Schema<object>>(operation: string, schema: S, input: Input<S>) => Output<S>;
  readonly read: <R extends Reply>(documented: R, request: KeyedRequest) => Promise<ReadReply<R>>;
  readonly write: <R extends Reply>(
    documented: R,
    request: KeyedRequest,
    options?: WriteOptions,
  ) => Promise<Written<ReadReply<R>>>;
  /** Each row once, by the field that is its id. */
  readonly list: <R extends Reply>(
    documented: R,
    request: KeyedRequest,
    id: keyof RowOf<R>,
  ) => AsyncIterable<RowOf<R>>;
}

/** Nxos's words are Kassa's own, so answers are handed on as they are. */
export function createCalls(options: ReturnType<typeof readNxosOptions>): NxosCalls {
  const client = createKeyedClient(
    { ...options, system: 'nxos', refuse: nxosRefusal(options.now) },
    {
      authorization: `Bearer ${options.apiKey}`,
      ...(options.onBehalfOf !== undefined && { 'nxos-on-behalf-of': options.onBehalfOf }),
    },
  );
  const read: NxosCalls['read'] = (documented, request) => client.read(documented, request, asRead);

  return {
    checked: (operation, schema, input) => {
      const unknown = readUnknown(operation, schema, input, options.unknownFields);
      return withFields(readInput(operation, schema, input), unknown);
    },
    read,
    write: (documented, request, writeOptions) =>
      client.write(documented, request, (reply) => reply as object & typeof reply, writeOptions),
    list: <R extends Reply>(documented: R, request: KeyedRequest, id: keyof RowOf<R>) =>
      client.list(documented, request, {
        cursor: 'cursor',
        describe: (reply) => {
          const { data, nextCursor: next, hasMore } = reply as unknown as Page<RowOf<R>>;
          return { data, next, hasMore };
        },
        idOf: (row) => maybe(row[id]) as string | undefined,
      }),
  };
}

const asRead = <T>(reply: T): T => reply;

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.join() : typeof value === 'string' ? value : JSON.stringify(value);

/** A filter as a query: lists of words parted by commas, as Nxos's documents have it. */
export const queryOf = (filter: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)]])),
  );
