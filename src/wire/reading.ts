/**
 * How answers of others are read: as far as they can be. A schema says what the documents print, and is held against
 * what the sandbox sends; whoever receives an answer needs only the few fields that a call cannot do without. A number
 * that stands for a text is taken for one, and the other way round, and so is one thing for a list of it: what was XML once
 * knows no difference. What still cannot be read is left out, and `raw` beside it is the object as it came. So one odd
 * field never costs the rest, least of all after money moved.
 */
import * as z from 'zod';

/** A documented answer, and the fields without which it is none. */
export interface Reply<S extends z.ZodType = z.ZodType, N extends string = string> {
  readonly schema: S;
  readonly needed: readonly N[];
  /** All that a call needs to hear is that it was done. */
  readonly mayBeEmpty: boolean;
}

export const reply = <S extends z.ZodType, N extends string = never>(
  schema: S,
  ...needed: readonly N[]
): Reply<S, N> => ({
  schema,
  needed,
  mayBeEmpty: needed.length === 0 && schema instanceof z.ZodObject,
});

/**
 * What is read of an answer. The types are what the documents promise. A field that did not come, or not in a form that
 * can be read, is `undefined` all the same, and `raw` is then the object as it came: nobody can promise for others.
 */
export type ReadReply<R> = R extends Reply<infer S> ? z.output<S> & { readonly raw?: unknown } : never;

/** A field that the types promise, and that may be missing all the same. */
export const maybe = <T>(field: T): T | undefined => field;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items of a list as they came, in the order in which they are read. */
export const itemsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : [list]);

/** One thing as it came, also as the only one of a list. */
export const onlyOf = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;

/** The envelope of a list as it came; one is put around a list that came without. */
export function envelopeOf(json: unknown): { readonly data?: unknown } {
  const only = onlyOf(json);
  if (isObject(only) && 'data' in only) return only;
  return Array.isArray(json) ? { data: json } : asObject(json);
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** `undefined` when one of the needed fields is missing. */
export function readReply<R extends Reply>({ schema, needed }: R, json: unknown): ReadReply<R> | undefined {
  const value = readerOf(schema)(needed.includes('data') ? envelopeOf(json) : json);
  if (value === undefined || value === null) return undefined;
  const has = (name: string): boolean => {
    const given = isObject(value) ? (value[name] ?? '') : '';
    if (given === '') return false;
    const field = schema instanceof z.ZodObject ? (schema.shape as z.core.$ZodShape)[name] : undefined;
    return !(field instanceof z.ZodEnum && !field.safeParse(given).success);
  };
  return needed.every(has) ? (value as ReadReply<R>) : undefined;
}

/** As much of a value as its schema can make something of; `undefined` for nothing. */
type Reader = (value: unknown) => unknown;

/** What a schema is, is found out once: that costs more than the reading. */
const readers = new WeakMap<z.core.$ZodType, Reader>();

function readerOf(schema: z.core.$ZodType): Reader {
  const known = readers.get(schema);
  if (known) return known;
  const read = makeReader(schema);
  const reader: Reader = (value) => (value === undefined ? undefined : read(value));
  readers.set(schema, reader);
  return reader;
}

function makeReader(schema: z.core.$ZodType): Reader {
  if (schema instanceof z.ZodNullable) {
    const inner = readerOf(schema.unwrap());
    return (value) => (value === null ? null : inner(value));
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return readerOf(schema.unwrap());
  const read = makeValueReader(schema);
  return (value) => {
    const found = value === null ? undefined : read(value);
    const only = onlyOf(value);
    return found === undefined && only !== value && only !== null ? read(only) : found;
  };
}

function makeValueReader(schema: z.core.$ZodType): Reader {
  if (schema instanceof z.ZodObject) return objectReader(schema);
  if (schema instanceof z.ZodArray) return itemsReader(schema);
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral)
    return readText;
  if (schema instanceof z.ZodNumber) return readNumber;
  if (schema instanceof z.ZodBoolean) return readBoolean;
  if (schema instanceof z.ZodRecord) return (value) => (isObject(value) ? value : undefined);
  if (schema instanceof z.ZodUnion) return (value) => readOneOf(schema, value);
  return (value) => {
    const { success, data } = z.safeParse(schema, value);
    return success ? data : undefined;
  };
}

function objectReader(schema: z.ZodObject): Reader {
  const shape: z.core.$ZodShape = schema.shape;
  const fields = new Map(Object.entries(shape).map(([name, field]) => [name, readerOf(field)]));
  return (value) => {
    if (!isObject(value)) return undefined;
    const read: Record<string, unknown> = {};
    let isWhole = true;
    for (const name of Object.keys(value)) {
      const given = value[name];
      const reader = fields.get(name);
      const found = reader ? reader(given) : given;
      if (found !== undefined) define(read, name, found);
      else if ((given ?? null) !== null) isWhole = false;
    }
    return isWhole ? read : { ...read, raw: value };
  };
}

/** `read[name] = found`, which for `__proto__` would do something else. */
function define(read: Record<string, unknown>, name: string, found: unknown): void {
  if (name !== '__proto__') read[name] = found;
  else
    Object.defineProperty(read, name, { value: found, enumerable: true, configurable: true, writable: true });
}

/** A row that is no object keeps its place, so that nobody takes the list for shorter than it is. */
function itemsReader({ element }: z.ZodArray): Reader {
  const reader = readerOf(element);
  const isOfObjects = element instanceof z.ZodObject;
  // An object that shares no field with the rows is none of them: it may be a refusal.
  const isItem = (value: unknown): boolean =>
    isObject(value) ? isOfObjects && Object.keys(value).some((name) => name in element.shape) : !isOfObjects;
  return (value) => {
    if (!Array.isArray(value) && !isItem(value)) return undefined;
    return itemsOf(value).flatMap((item) => {
      const read = reader(item);
      if (read !== undefined) return [read];
      return isOfObjects ? [{ raw: item }] : [];
    });
  };
}

function readOneOf(schema: z.ZodUnion, value: unknown): unknown {
  const fitting = schema.options.find((option) => z.safeParse(option, value).success);
  if (fitting) return readerOf(fitting)(value);
  for (const option of schema.options) {
    const read = readerOf(option)(value);
    if (read !== undefined) return read;
  }
  return undefined;
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** So many digits of any decimal number are the same in a JavaScript number. */
const EXACT_DIGITS = 15;

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?[0-9]+(?:\.[0-9]+)?$/.test(value.trim())) return undefined;
  return value.replace(/[^0-9]/g, '').length <= EXACT_DIGITS ? Number(value) : undefined;
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 1) return true;
  return value === 'false' || value === 0 ? false : undefined;
}
