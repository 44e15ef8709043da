/** What the gateway's routes share. */
import { BlockList, isIPv6 } from 'node:net';
import type * as z from 'zod';
import type { Config, ConfigStore } from '../config.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { GatewayRefusal, InvalidFields } from './errors.ts';
import { API_KEYS, findProvider, type Provider } from './seeds.ts';
import type { Tokens } from './tokens.ts';
import type { Transactions } from './transactions.ts';

export interface GatewayContext {
  readonly db: Database;
  readonly world: World;
  readonly config: ConfigStore;
  readonly tokens: Tokens;
  readonly transactions: Transactions;
}

/** HTTP 400 with a code for each thing that can be wrong with a key, as the documents have it (not 401). */
export function requireKey({ apiKeys }: Config, key: string | undefined): void {
  if (key === undefined || key === '') throw new GatewayRefusal(1026);
  const known = [...apiKeys, ...API_KEYS].find((candidate) => candidate.key === key);
  if (!known) throw new GatewayRefusal(1027);
  if (known.expired) throw new GatewayRefusal(1028);
}

/** A provider that exists and is switched on; else its credentials are not found. */
export function requireProvider({ disabledProviders }: Config, id: string): Provider {
  const provider = findProvider(id);
  if (!provider || disabledProviders.includes(id)) throw new GatewayRefusal(1016);
  return provider;
}

export function requireUnblocked(blockedIps: readonly string[], ...addresses: readonly unknown[]): void {
  if (blockedIps.length === 0) return;
  const blocked = new BlockList();
  for (const entry of blockedIps) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) blocked.addAddress(address, family);
    else blocked.addSubnet(address, Number(prefix), family);
  }
  for (const address of addresses) {
    if (typeof address !== 'string') continue;
    if (blocked.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) throw new GatewayRefusal(1295);
  }
}

/** Reads a body by its schema, or refuses with the paths of what is wrong. */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw InvalidFields.of(result.error);
  return result.data;
}

/** A value inside an unknown body, `undefined` where there is none: for the checks that come before the schema. */
export function peek(body: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    body,
  );
}
