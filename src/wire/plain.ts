/** What a shop hands over to be sent as it is: settings, metadata, fields that Kassa does not know. */
import * as z from 'zod';
import { isPlain } from '../model/plain.ts';

/**
 * Where in a value something stands that JSON would lose or cannot write: a function, `NaN`, a date that is none, a `Map`.
 * `undefined` when there is nothing of that kind.
 */
export function findUnsendable(value: unknown, path: readonly string[] = []): readonly string[] | undefined {
  return visit(value, path, new Set());
}

function visit(
  value: unknown,
  path: readonly string[],
  above: ReadonlySet<unknown>,
): readonly string[] | undefined {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') {
    return undefined;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  if (typeof value !== 'object' || above.has(value)) return path;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? path : undefined;
  if ('toJSON' in value && typeof value.toJSON === 'function') return undefined;
  if (!Array.isArray(value) && !isPlain(value)) return path;
  const inside = new Set(above).add(value);
  for (const [name, item] of Object.entries(value)) {
    const found = visit(item, [...path, name], inside);
    if (found) return found;
  }
  return undefined;
}

export const CANNOT_BE_SENT = 'cannot be sent as JSON';

/** An object of the shop's own, passed on unchanged. */
export const plainObject = z.record(z.string(), z.unknown()).check(({ value, issues }) => {
  const path = findUnsendable(value);
  if (path) issues.push({ code: 'custom', path: [...path], message: CANNOT_BE_SENT, input: value });
});
