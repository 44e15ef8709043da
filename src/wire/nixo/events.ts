/** Nixo's events as a receiver reads them. */
import type { z } from 'zod';
import { readReply, reply } from '../reading.ts';
import { nixoEvent } from './objects.ts';

/**
 * The four events of the documents. One of a type that came later is an event too, with whatever it holds: its `type` is
 * then a text that is none of these, which is what the `default` of a `switch` is for.
 */
export type NixoEvent = z.output<typeof nixoEvent>;

const DOCUMENTED = new Map<string, ReturnType<typeof documented>>(
  nixoEvent.options.map((option) => [option.shape.type.value, documented(option)]),
);

function documented(option: (typeof nixoEvent.options)[number]) {
  return reply(option, 'type');
}

/** `undefined` for what has no type: nobody could act on it. */
export function readNixoEvent(json: unknown): NixoEvent | undefined {
  const { type, data } = asObject(json);
  if (typeof type !== 'string' || type === '') return undefined;
  const known = DOCUMENTED.get(type);
  const read: object = (known && readReply(known, json)) ?? asObject(json);
  const object = asObject(asObject(asObject(read).data).object);
  return { ...read, type, data: { ...asObject(data), object } } as NixoEvent;
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
