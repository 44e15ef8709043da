/**
 * The gateway's dates: DD-MM-YYYY in queries, DD/MM/YYYY in requests, YYYY-MM-DD in lists, days in UTC. JavaScript's
 * own parser reads 01-08-2024 as the 8th of January, so none of it is used here.
 */
import type { FieldFault } from './errors.ts';

export const DAY_MS = 86_400_000;
const LONGEST_RANGE_DAYS = 7;

/** Start of the UTC day in epoch milliseconds; `undefined` for what is no day, 31-02-2024 included. */
export function readDay(text: string): number | undefined {
  const dayFirst = /^(\d{2})[-/](\d{2})[-/](\d{4})$/.exec(text);
  const yearFirst = /^(\d{4})-(\d{2})-(\d{2})(?:T.*)?$/.exec(text);
  const [year, month, day] = dayFirst
    ? [dayFirst[3], dayFirst[2], dayFirst[1]].map(Number)
    : yearFirst
      ? yearFirst.slice(1).map(Number)
      : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined;
}

const startOfDay = (time: number): number => time - (time % DAY_MS);

/** `YYYY-MM-DD HH:mm:ss`, as in the list. */
export const formatMinute = (time: number): string =>
  new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** Any of the accepted forms as `YYYY-MM-DD`, or `null`. */
export function formatDay(text: string): string | null {
  const day = readDay(text);
  return day === undefined ? null : new Date(day).toISOString().slice(0, 10);
}

interface DateRange {
  /** First and last day, both included, as starts of days. */
  readonly from: number;
  readonly to: number;
}

/** Nothing given means today; only a start means up to a week from it; only an end means that day. */
export function readDateRange(
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): DateRange | { readonly error: FieldFault } {
  const today = startOfDay(now);
  const read = (path: 'from' | 'to'): number | undefined | { error: FieldFault } => {
    const text = given[path];
    if (text === undefined || text === '') return undefined;
    return readDay(text) ?? { error: { path, message: 'Write the date as DD-MM-YYYY' } };
  };
  const from = read('from');
  const to = read('to');
  if (typeof from === 'object') return from;
  if (typeof to === 'object') return to;
  const range = {
    from: from ?? to ?? today,
    to:
      to ??
      (from === undefined ? today : Math.min(Math.max(today, from), from + LONGEST_RANGE_DAYS * DAY_MS)),
  };
  if (range.to < range.from) return { error: { path: 'to', message: 'The end lies before the start' } };
  if (range.to - range.from > LONGEST_RANGE_DAYS * DAY_MS) {
    return {
      error: { path: 'to', message: `At most ${LONGEST_RANGE_DAYS} days may lie between from and to` },
    };
  }
  return range;
}
