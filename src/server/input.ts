/** What callers hand over, judged by its schema. */
import type { Input, Output, Schema } from '../wire/schema.ts';
import { InputError } from './errors.ts';

/** Checks an input before anything is sent. @throws InputError naming the fields, never their values */
export function readInput<S extends Schema>(operation: string, schema: S, input: Input<S>): Output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InputError(
    operation,
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}
