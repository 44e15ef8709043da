/** What the control routes may change while the sandbox runs; kept in the store, so it survives a restart. */
import * as z from 'zod';
import { settings } from './store/schema.ts';
import type { Database } from './store/store.ts';

/** The body of `POST /_sandbox/config`: whatever is given replaces what was. */
export const configPatch = z.strictObject({
  /** Where the gateway sends webhooks; `null` means that the shop has registered none (1229). */
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  /** Where Nixo sends webhooks; `null` for nowhere. */
  nixoWebhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  /** Nixo also checks the check digits of an IBAN. Off: the one in its documents has wrong ones. */
  nixoStrictIban: z.boolean().optional(),
  /** For each key; `null` for no limit. What comes after it is a 429. */
  nixoRequestsPerSecond: z.number().int().min(1).max(10_000).nullable().optional(),
  /** The gateway says that the shop's webhook URL is not available (1229). */
  webhookDown: z.boolean().optional(),
  /** Addresses and CIDR ranges that the gateway refuses (1295). */
  blockedIps: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).optional(),
  /** The hosted pages say that they are closed for maintenance. */
  maintenance: z.boolean().optional(),
  /** DEV keys besides the seeded ones, or in their place: the gateway makes and ends keys in its portal. */
  apiKeys: z
    .array(z.strictObject({ key: z.string().regex(/^dev_[a-z0-9_]{4,60}$/), expired: z.boolean() }))
    .optional(),
  /** What a direct order is answered with: a token, or the address of a page; no document of the gateway shows it. */
  directAnswers: z.enum(['token', 'url']).optional(),
  /** The transfer of a withdrawal that is approved from now on comes back: approved is not paid out. */
  approvedPayoutsFail: z.boolean().optional(),
  /** Ids of providers that the merchant has switched off (provider rules): not offered, and 1016 where they are named. */
  disabledProviders: z.array(z.string()).optional(),
});
export type ConfigPatch = z.infer<typeof configPatch>;

export interface Config {
  readonly webhookUrl: string | null;
  readonly nixoWebhookUrl: string | null;
  readonly nixoStrictIban: boolean;
  readonly nixoRequestsPerSecond: number | null;
  readonly webhookDown: boolean;
  readonly blockedIps: readonly string[];
  readonly maintenance: boolean;
  readonly apiKeys: readonly { readonly key: string; readonly expired: boolean }[];
  readonly disabledProviders: readonly string[];
  readonly directAnswers: 'token' | 'url';
  readonly approvedPayoutsFail: boolean;
}

export interface ConfigStore {
  readonly current: Config;
  update(patch: ConfigPatch): Promise<Config>;
  reset(): Promise<void>;
}

const ROW = 'config';

export async function loadConfig(db: Database, initial: Config): Promise<ConfigStore> {
  const rows = await db.select().from(settings);
  const kept = configPatch.safeParse(rows.find(({ name }) => name === ROW)?.value ?? {});
  let current = merge(initial, kept.success ? kept.data : {});

  return {
    get current() {
      return current;
    },
    async update(patch) {
      current = merge(current, patch);
      await db
        .insert(settings)
        .values({ name: ROW, value: current })
        .onConflictDoUpdate({ target: settings.name, set: { value: current } });
      return current;
    },
    async reset() {
      current = initial;
      await db.delete(settings);
    },
  };
}

function merge(config: Config, patch: ConfigPatch): Config {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...config, ...(Object.fromEntries(given) as Partial<Config>) };
}
