/** Everything the sandbox knows, for tests and for the control page. Its keys are test keys; it holds no card. */
import { asc } from 'drizzle-orm';
import { formatMoney } from '../../model/money.ts';
import type { Config } from '../config.ts';
import { TEST_CARDS } from '../gateway/cards.ts';
import { API_KEYS, PROVIDERS, SIGNATURE_PASSWORD } from '../gateway/seeds.ts';
import { API_KEYS as NIXO_KEYS, WEBHOOK_SECRET } from '../nixo/seeds.ts';
import { ORGANIZATIONS } from '../nxos/seeds.ts';
import { MAGIC_REFERENCES } from '../payout-lever.ts';
import { deliveries, tokens, transactions } from '../store/schema.ts';
import type { SandboxParts, SandboxState } from '../parts.ts';

export async function readState({ store, world, config, faults }: SandboxParts): Promise<SandboxState> {
  const rows = await store.db.select().from(transactions).orderBy(asc(transactions.sequence));
  const outbox = await store.db.select({ state: deliveries.state }).from(deliveries);
  const count = (state: string): number => outbox.filter((row) => row.state === state).length;
  return {
    now: new Date(world.clock.now()).toISOString(),
    store: store.kind,
    config: config.current,
    faults: faults.armed,
    keys: [
      ...gatewayKeys(config.current),
      { system: 'gateway', key: SIGNATURE_PASSWORD, note: 'signs webhooks' },
      ...NIXO_KEYS.map(({ key, note }) => ({ system: 'nixo', key, note })),
      { system: 'nixo', key: WEBHOOK_SECRET, note: 'signs webhooks' },
      ...ORGANIZATIONS.map(({ key, name, handle, accountId }) => ({
        system: 'nxos',
        key,
        note: `${name}, handle ${handle}, ${accountId}`,
      })),
    ],
    cards: TEST_CARDS.map(({ number, effect }) => ({ number, effect })),
    references: MAGIC_REFERENCES,
    providers: PROVIDERS.map(({ id, name, label }) => ({
      id,
      name,
      label,
      enabled: !config.current.disabledProviders.includes(id),
    })),
    tokens: await store.db.$count(tokens),
    transactions: rows.map((row) => ({
      id: row.id,
      trackingId: row.trackingId,
      type: row.type,
      status: row.status,
      waitsFor: row.waitsFor,
      reason: row.reason,
      amount: formatMoney({ minor: row.amount, currency: row.currency }),
      currency: row.currency,
      provider: PROVIDERS.find(({ id }) => id === row.providerId)?.label ?? row.providerId,
      card: row.cardBin === null ? null : `${row.cardBin}…${row.cardLastFour ?? ''}`,
      createdAt: new Date(row.createdAt).toISOString(),
      updatedAt: new Date(row.updatedAt).toISOString(),
    })),
    deliveries: {
      queued: count('queued') + count('sending'),
      delivered: count('delivered'),
      dead: count('dead'),
    },
  };
}

/** The seeded keys and the made ones; a made one stands for the seeded one of its name. */
function gatewayKeys({ apiKeys }: Config): SandboxState['keys'] {
  const made = apiKeys.map(({ key }) => key);
  const seeded = API_KEYS.filter(({ key }) => !made.includes(key));
  return [...seeded, ...apiKeys].map(({ key, expired }) => ({
    system: 'gateway',
    key,
    note: expired ? 'has expired (1028)' : 'works',
    expired,
  }));
}
