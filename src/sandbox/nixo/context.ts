/** What Nixo's operations share. */
import type * as z from 'zod';
import { ALPHANUMERIC, randomText } from '../../model/ids.ts';
import { NIXO_VERSION } from '../../wire/nixo/objects.ts';
import type { ConfigStore } from '../config.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { NixoRefusal } from './errors.ts';
import { API_KEYS, type ApiKey } from './seeds.ts';

export interface NixoContext {
  readonly db: Database;
  readonly world: World;
  readonly config: ConfigStore;
}

/** `Authorization: Bearer sk_…`; one code for a key that is missing and for one that is wrong. */
export function requireKey(authorization: string | undefined, method: string): ApiKey {
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  const known = API_KEYS.find((candidate) => candidate.key === key);
  if (!known) throw new NixoRefusal('invalid_api_key');
  if (!known.mayWrite && method !== 'GET') throw new NixoRefusal('permission_denied');
  return known;
}

/** Without one, the newest. */
export function requireVersion(version: string | undefined): string {
  if (version === undefined || version === NIXO_VERSION) return NIXO_VERSION;
  throw new NixoRefusal('invalid_request', `there is only ${NIXO_VERSION}`, 'Nixo-Version');
}

/** @throws NixoRefusal `invalid_request`, with the field that is wrong */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw NixoRefusal.of(result.error);
  return result.data;
}

export const newId = (prefix: 'pyt' | 'acc' | 'evt', { random }: World): string =>
  `${prefix}_${randomText(random, 12, ALPHANUMERIC)}`;

export const unixSeconds = (time: number): number => Math.floor(time / 1_000);
