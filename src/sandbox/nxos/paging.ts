/** Lists in an envelope, newest last or first, with a cursor that nobody can make up. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { NxosRefusal } from './errors.ts';

const DEFAULT_LIMIT = 25;
const LARGEST_LIMIT = 100;

/** Not secret: it keeps made-up cursors out, and everybody may read what is behind a real one. */
const CURSOR_KEY = 'kassa sandbox cursors';

/** The one that the documents print in a request: it stands for a place before the first row. */
const PRINTED_CURSOR = 'cursor_abc123';

const limitOf = z.coerce.number().int().min(1).max(LARGEST_LIMIT);

export interface Page {
  readonly limit: number;
  /** The sequence number that the page before ended with. */
  readonly after: number | undefined;
}

/** `list` names what is listed, filters included: a cursor is good for that list alone. */
export function readPage(query: Readonly<Record<string, string>>, list: string): Page {
  const { limit = String(DEFAULT_LIMIT), cursor } = query;
  const read = /^[0-9]{1,4}$/.test(limit) ? limitOf.safeParse(limit) : undefined;
  if (!read?.success) {
    throw new NxosRefusal('invalid_request', `limit: must be a whole number from 1 to ${LARGEST_LIMIT}`);
  }
  const isStart = cursor === undefined || cursor === PRINTED_CURSOR;
  return { limit: read.data, after: isStart ? undefined : readCursor(cursor, list) };
}

/** Give it one row more than the limit. */
export function envelope<Row extends { readonly sequence: number }>(
  rows: readonly Row[],
  { limit }: Page,
  list: string,
  view: (row: Row) => object,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit;
  return {
    object: 'list',
    data: shown.map(view),
    hasMore,
    nextCursor: hasMore && last ? writeCursor(last.sequence, list) : null,
  };
}

const signature = (sequence: string, list: string): string =>
  createHmac('sha256', CURSOR_KEY).update(`${list}:${sequence}`).digest('base64url').slice(0, 16);

const writeCursor = (sequence: number, list: string): string =>
  Buffer.from(`${sequence}.${signature(String(sequence), list)}`).toString('base64url');

function readCursor(cursor: string, list: string): number {
  const [, sequence = '', signed = ''] =
    /^([0-9]{1,10})\.([\w-]{16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const real = Buffer.from(signature(sequence, list));
  if (signed.length === real.length && timingSafeEqual(Buffer.from(signed), real)) return Number(sequence);
  throw new NxosRefusal('invalid_request', 'cursor: is not one that a list gave');
}
