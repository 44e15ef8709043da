/** Fields that a schema does not know. They are refused or passed on, as the caller wishes; never dropped in silence. */
import * as z from 'zod';

export interface UnknownField {
  readonly path: readonly string[];
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function findUnknownFields(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly string[] = [],
): readonly UnknownField[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return findUnknownFields(schema.unwrap(), value, path);
  }
  if (!isObject(value)) return [];
  // Of several forms, the one that knows most of the fields is meant.
  if (schema instanceof z.ZodUnion) {
    const forms = schema.options.filter((option) => option instanceof z.ZodObject);
    const [nearest] = forms
      .map((form) => findUnknownFields(form, value, path))
      .sort((one, other) => one.length - other.length);
    return nearest ?? [];
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as z.core.$ZodShape;
  const found: UnknownField[] = [];
  for (const name of Object.keys(value)) {
    const given = value[name];
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    // Only an object can hold what is not known; a path is made for those alone.
    if (field && isObject(given)) found.push(...findUnknownFields(field, given, [...path, name]));
    else if (!field && given !== undefined) found.push({ path: [...path, name], value: given });
  }
  return found;
}

/** The body with these fields at their paths; what it has there already stays. */
export function withFields<T extends object>(body: T, fields: readonly UnknownField[]): T {
  return fields.reduce((whole, { path, value }) => put(whole, path, value), body);
}

function put<T extends object>(body: T, [name = '', ...rest]: readonly string[], value: unknown): T {
  const here: unknown = Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
  if (rest.length > 0) return { ...body, [name]: put(isObject(here) ? here : {}, rest, value) };
  return here === undefined ? { ...body, [name]: value } : body;
}
