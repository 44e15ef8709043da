/** What callers hand over, judged by its schema. */
import { CANNOT_BE_SENT, findUnsendable } from '../wire/plain.ts';
import type { Input, Output, Schema } from '../wire/schema.ts';
import { findUnknownFields, type UnknownField } from '../wire/unknown-fields.ts';
import { InputError } from './errors.ts';

/**
 * What becomes of fields that Kassa does not know: `refuse` says so before anything is sent, `pass` sends them as they
 * are, for what a system takes today and its documents showed only later.
 */
export type UnknownFields = 'refuse' | 'pass';

/**
 * Checks an input before anything is sent. `ownName` turns a field of the schema into the caller's own.
 * @throws InputError naming the fields, never their values
 */
export function readInput<S extends Schema>(
  operation: string,
  schema: S,
  input: Input<S>,
  ownName: (field: string) => string = (field) => field,
): Output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InputError(
    operation,
    result.error.issues.map(({ path, message }) => ({
      path: path.map((part) => ownName(String(part))).join('.'),
      message,
    })),
  );
}

/** The fields to be passed on. @throws InputError for each of them, unless they are to be passed */
export function readUnknown(
  operation: string,
  schema: Schema,
  input: unknown,
  policy: UnknownFields,
): readonly UnknownField[] {
  const unknown = findUnknownFields(schema, input);
  if (unknown.length === 0) return unknown;
  if (policy === 'pass') {
    const lost = unknown
      .map(({ path, value }) => findUnsendable(value, path))
      .filter((path) => path !== undefined);
    if (lost.length === 0) return unknown;
    throw new InputError(
      operation,
      lost.map((path) => ({ path: path.join('.'), message: CANNOT_BE_SENT })),
    );
  }
  throw new InputError(
    operation,
    unknown.map(({ path }) => ({
      path: path.join('.'),
      message: 'is no known field; the option unknownFields: "pass" sends it as it is',
    })),
  );
}
