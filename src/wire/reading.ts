/**
 * How answers of others are read: as far as they can be. A schema says what the documents print, and is held against
 * what the sandbox sends; whoever receives an answer needs only the few fields that a call cannot do without. A number
 * that stands for a text is taken for one, and the other way round; what still cannot be read is left out, and `raw`
 * beside it is the object as it came. So one odd field never costs the rest, least of all after money moved.
 */
import * as z from 'zod';

/** A documented answer, and the fields without which it is none. */
export interface Reply<S extends z.ZodType = z.ZodType, N extends string = string> {
  readonly schema: S;
  readonly needed: readonly N[];
}

export const reply = <S extends z.ZodType, N extends string = never>(
  schema: S,
  ...needed: readonly N[]
): Reply<S, N> => ({ schema, needed });

/**
 * What is read of an answer. The types are what the documents promise. A field that did not come, or not in a form that
 * can be read, is `undefined` all the same, and `raw` is then the object as it came: nobody can promise for others.
 */
export type ReadReply<R> = R extends Reply<infer S> ? z.output<S> & { readonly raw?: unknown } : never;

/** A field that the types promise, and that may be missing all the same. */
export const maybe = <T>(field: T): T | undefined => field;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined` when one of the needed fields is missing. */
export function readReply<R extends Reply>({ schema, needed }: R, json: unknown): ReadReply<R> | undefined {
  const value = readAs(schema, json);
  if (value === undefined || value === null) return undefined;
  const has = (name: string): boolean => {
    const field = schema instanceof z.ZodObject ? (schema.shape as z.core.$ZodShape)[name] : undefined;
    const given = isObject(value) ? (value[name] ?? '') : '';
    return given !== '' && !(field instanceof z.ZodEnum && !field.safeParse(given).success);
  };
  return needed.every(has) ? (value as ReadReply<R>) : undefined;
}

/** As much of a value as its schema can make something of; `undefined` for nothing. */
function readAs(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (schema instanceof z.ZodNullable) return value === null ? null : readAs(schema.unwrap(), value);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return readAs(schema.unwrap(), value);
  if (value === null) return undefined;
  if (schema instanceof z.ZodObject) return isObject(value) ? readObject(schema, value) : undefined;
  if (schema instanceof z.ZodArray) return Array.isArray(value) ? readItems(schema, value) : undefined;
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral)
    return readText(value);
  if (schema instanceof z.ZodNumber) return readNumber(value);
  if (schema instanceof z.ZodBoolean) return readBoolean(value);
  if (schema instanceof z.ZodRecord) return isObject(value) ? value : undefined;
  if (schema instanceof z.ZodUnion) return readOneOf(schema, value);
  const { success, data } = z.safeParse(schema, value);
  return success ? data : undefined;
}

function readObject(schema: z.ZodObject, value: Readonly<Record<string, unknown>>): object {
  const shape = schema.shape as z.core.$ZodShape;
  const fields = Object.entries(value).map(([name, given]): [string, unknown] => {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    return [name, field ? readAs(field, given) : given];
  });
  const read = Object.fromEntries(fields.filter(([, found]) => found !== undefined));
  const isWhole = fields.every(([name, found]) => found !== undefined || (value[name] ?? null) === null);
  return isWhole ? read : { ...read, raw: value };
}

/** A row that is no object keeps its place, so that nobody takes the list for shorter than it is. */
function readItems(schema: z.ZodArray, items: readonly unknown[]): readonly unknown[] {
  return items.flatMap((item) => {
    const read = readAs(schema.element, item);
    if (read !== undefined) return [read];
    return schema.element instanceof z.ZodObject ? [{ raw: item }] : [];
  });
}

function readOneOf(schema: z.ZodUnion, value: unknown): unknown {
  const fitting = schema.options.find((option) => z.safeParse(option, value).success);
  if (fitting) return readAs(fitting, value);
  for (const option of schema.options) {
    const read = readAs(option, value);
    if (read !== undefined) return read;
  }
  return undefined;
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value.trim())
    ? Number(value)
    : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 1) return true;
  return value === 'false' || value === 0 ? false : undefined;
}
