/** Fields that a schema does not know. They are refused or passed on, as the caller wishes; never dropped in silence. */
import * as z from 'zod';

export interface UnknownField {
  readonly path: readonly string[];
  readonly value: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an object may hold: each field with the forms that an object in it may have. */
type Form = ReadonlyMap<string, readonly Form[]>;

/** A schema says the same each time, and is asked at every order. */
const FORMS = new WeakMap<z.core.$ZodType, readonly Form[]>();

function formsOf(schema: z.core.$ZodType): readonly Form[] {
  let forms = FORMS.get(schema);
  if (!forms) FORMS.set(schema, (forms = readForms(schema)));
  return forms;
}

function readForms(schema: z.core.$ZodType): readonly Form[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return formsOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) {
    return schema.options.filter((option) => option instanceof z.ZodObject).flatMap(formsOf);
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as z.core.$ZodShape;
  return [new Map(Object.entries(shape).map(([name, field]) => [name, formsOf(field)]))];
}

export const findUnknownFields = (schema: z.core.$ZodType, value: unknown): readonly UnknownField[] =>
  unknownOf(formsOf(schema), value, []);

function unknownOf(forms: readonly Form[], value: unknown, path: readonly string[]): readonly UnknownField[] {
  const [first, ...others] = forms;
  if (!first || !isObject(value)) return [];
  // Of several forms, the one that knows most of the fields is meant.
  return others
    .map((form) => unknownIn(form, value, path))
    .reduce(
      (nearest, other) => (other.length < nearest.length ? other : nearest),
      unknownIn(first, value, path),
    );
}

function unknownIn(
  form: Form,
  value: Readonly<Record<string, unknown>>,
  path: readonly string[],
): readonly UnknownField[] {
  const found: UnknownField[] = [];
  for (const name of Object.keys(value)) {
    const given = value[name];
    const forms = form.get(name);
    // Only an object can hold what is not known; a path is made for those alone.
    if (forms && isObject(given)) found.push(...unknownOf(forms, given, [...path, name]));
    else if (!forms && given !== undefined) found.push({ path: [...path, name], value: given });
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
