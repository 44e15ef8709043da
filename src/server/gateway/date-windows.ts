/** Ranges of days for the gateway's list, which takes at most a week and writes days as DD-MM-YYYY. */
import type { DateRange } from '../../wire/gateway/orders.ts';
import { InputError } from '../errors.ts';

const DAY_MS = 86_400_000;
/** "Maximum range 7 days" may count both ends or only the difference; six days apart is right under both readings. */
const WINDOW_DAYS = 6;
/** Of one range. A year that lost a digit would otherwise be asked for week by week, a hundred thousand times. */
const MOST_YEARS = 100;
const YEAR_MS = 365.25 * DAY_MS;

export interface DayWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * The questions for a range that may be open. Nothing given is one question, for today; without an end the range goes on
 * until today; without a start only the end is asked for, because nobody says how far back there is anything.
 * @throws InputError for what is no day, for an end before its start, and for more than 100 years
 */
export function windowsOf({ from, to }: DateRange, now: number): readonly Partial<DayWindow>[] {
  if (from !== undefined) return splitDays({ from, to: to ?? later(from, writeDay(now)) });
  return [to === undefined ? {} : { to: dayFirst(writeDay(readDay('listTransactions', 'to', to))) }];
}

const later = (one: string, other: string): string => (one > other ? one : other);

/** As the gateway writes them. @throws InputError for what is no day, and for an end before its start */
export const splitDays = (range: DayWindow): readonly DayWindow[] =>
  dayWindows('listTransactions', range).map(({ from, to }) => ({ from: dayFirst(from), to: dayFirst(to) }));

/** As ISO days. `operation` is named by the error. @throws InputError likewise */
export function dayWindows(operation: string, { from, to }: DayWindow): readonly DayWindow[] {
  const start = readDay(operation, 'from', from);
  const end = readDay(operation, 'to', to);
  if (end < start) throw new InputError(operation, [{ path: 'to', message: 'lies before "from"' }]);
  if (end - start > MOST_YEARS * YEAR_MS) {
    const message = `lies more than ${MOST_YEARS} years before "to": look at its year, or ask for less at a time`;
    throw new InputError(operation, [{ path: 'from', message }]);
  }
  const windows: DayWindow[] = [];
  for (let first = start; first <= end; first += (WINDOW_DAYS + 1) * DAY_MS) {
    const last = Math.min(first + WINDOW_DAYS * DAY_MS, end);
    windows.push({ from: writeDay(first), to: writeDay(last) });
  }
  return windows;
}

function readDay(operation: string, path: string, text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse carries 2024-02-30 over into March; writing it back tells.
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
    throw new InputError(operation, [{ path, message: 'use an ISO day such as "2024-08-01"' }]);
  }
  return time;
}

const writeDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

const dayFirst = (day: string): string => day.split('-').reverse().join('-');
