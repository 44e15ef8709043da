/** What the control routes may change while the sandbox runs; kept in the store, so it survives a restart. */
import { z } from 'zod';
import { settings } from './store/schema.ts';
import type { Database } from './store/store.ts';

/** The body of `POST /_sandbox/config`: whatever is given replaces what was. */
export const configPatch = z.strictObject({
  /** Where the gateway sends webhooks; `null` means that the shop has registered none (1229). */
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  /** The gateway says that the shop's webhook URL is not available (1229). */
  webhookDown: z.boolean().optional(),
  /** Addresses and CIDR ranges that the gateway refuses (1295). */
  blockedIps: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).optional(),
  /** The hosted pages say that they are closed for maintenance. */
  maintenance: z.boolean().optional(),
});
export type ConfigPatch = z.infer<typeof configPatch>;

export interface Config {
  readonly webhookUrl: string | null;
  readonly webhookDown: boolean;
  readonly blockedIps: readonly string[];
  readonly maintenance: boolean;
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
  return {
    webhookUrl: patch.webhookUrl === undefined ? config.webhookUrl : patch.webhookUrl,
    webhookDown: patch.webhookDown ?? config.webhookDown,
    blockedIps: patch.blockedIps ?? config.blockedIps,
    maintenance: patch.maintenance ?? config.maintenance,
  };
}
