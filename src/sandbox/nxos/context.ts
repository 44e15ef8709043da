/** What Nxos's operations share. */
import { eq } from 'drizzle-orm';
import type * as z from 'zod';
import { hex128 } from '../../model/ids.ts';
import { type NxosOrganization, nxosOrganizations } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import { isStorable } from '../store/storable.ts';
import type { World } from '../world.ts';
import { NxosRefusal } from './errors.ts';

/** One request: for whom, and in which database transaction. */
export interface NxosContext {
  readonly db: Database;
  readonly world: World;
  readonly organization: NxosOrganization;
}

/** What a request says of who sends it. */
export interface Credentials {
  /** `Bearer nxos_sk_…` */
  readonly authorization: string | undefined;
  readonly onBehalfOf: string | undefined;
}

type FindByKey = (key: string) => Promise<NxosOrganization | undefined>;

/** @throws NxosRefusal `missing_api_key`, `invalid_api_key`, `authorization_required` */
export async function requireOrganization(
  find: FindByKey,
  { authorization, onBehalfOf }: Credentials,
): Promise<NxosOrganization> {
  if (authorization === undefined || authorization === '') throw new NxosRefusal('missing_api_key');
  const [, key = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const organization = isStorable(key) ? await find(key) : undefined;
  if (!organization) throw new NxosRefusal('invalid_api_key');
  // Letters of authorization are not in the sandbox, so nobody has one.
  if (onBehalfOf !== undefined && onBehalfOf !== organization.id)
    throw new NxosRefusal('authorization_required');
  return organization;
}

/** Who was found by a key. */
export interface Organizations {
  readonly find: FindByKey;
  /**
   * As it was when it was last found: only for what has the database look at the key again, and is done anew by `find` when
   * that does not know it any more.
   */
  readonly remembered: FindByKey;
}

const MOST_REMEMBERED = 1_000;

export function createOrganizations(db: Database): Organizations {
  const seen = new Map<string, NxosOrganization>();
  const find: FindByKey = async (key) => {
    const [organization] = await db.select().from(nxosOrganizations).where(eq(nxosOrganizations.key, key));
    if (seen.size >= MOST_REMEMBERED) seen.clear();
    if (organization) seen.set(key, organization);
    else seen.delete(key);
    return organization;
  };
  return { find, remembered: async (key) => seen.get(key) ?? find(key) };
}

/** @throws NxosRefusal `invalid_request`, with the paths of what is wrong */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw NxosRefusal.of(result.error);
  return result.data;
}

export const newId = (prefix: 'org' | 'acct' | 'bene' | 'txn' | 'quote' | 'req', { random }: World): string =>
  `${prefix}_${hex128(random)}`;

/** An id that cannot be one is nobody's; the database need not be asked. */
export const isId = (pattern: RegExp, id: string | undefined): id is string =>
  id !== undefined && isStorable(id) && pattern.test(id);

export const iso = (time: number): string => new Date(time).toISOString();
