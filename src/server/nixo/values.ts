/** Single values of Nixo's answers, read as far as they can be. */
import { readableAmount } from '../../model/money.ts';
import { readTime } from '../../model/time.ts';
import { itemsOf, onlyOf } from '../../wire/reading.ts';

/** Without what is `undefined`, so that a field is there or is not. */
export function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Nixo's number as decimal text; `undefined` for what is no amount of its currency. */
export const decimal = (amount: number | undefined, currency: string | undefined): string | undefined =>
  amount === undefined || currency === undefined ? undefined : readableAmount(amount, currency);

function field(value: unknown, name: string): unknown {
  const row = onlyOf(value);
  return typeof row === 'object' && row !== null ? onlyOf((row as Record<string, unknown>)[name]) : undefined;
}

/** The first of these fields that is a time, as ISO 8601: unix seconds in the samples, a timestamp in the prose. */
export function timeOf(row: unknown, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const time = readTime(field(row, name));
    if (time !== undefined) return time;
  }
  return undefined;
}

/** The times of a list inside a row, one for each entry. */
export function timesOf(row: unknown, list: string, name: string): readonly (string | undefined)[] {
  const entries = field(row, list);
  return entries === undefined ? [] : itemsOf(entries).map((entry) => timeOf(entry, name));
}
