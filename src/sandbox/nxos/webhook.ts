/** Tells the endpoints of an organization, in Svix's form: each attempt is signed with its own time. */
import { eq, inArray, sql } from 'drizzle-orm';
import { hex128 } from '../../model/ids.ts';
import {
  signSvix,
  SVIX_ID,
  SVIX_SIGNATURE,
  SVIX_TIMESTAMP,
  type SvixMessage,
} from '../../wire/nxos/signature.ts';
import type { Taken } from '../outbox/claims.ts';
import type { Sender } from '../outbox/outbox.ts';
import { isAccepted } from '../outbox/rules.ts';
import type { Attempt } from '../store/schema.ts';
import { type NxosEndpoint, nxosEndpoints, type NxosTransaction } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import { iso, type NxosContext } from './context.ts';
import { type SeenTransaction, transactionView } from './view.ts';

const TRANSACTION_UPDATED = 'transaction.status.updated';
/** "Endpoint disabled after 5 days of failures" (docs.svix.com/retries). */
const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;
/** Gone: the receiver wants no more. */
const GONE = 410;

/** In the database transaction of what happened: each organization hears of its own side. */
export async function tellOfTransactions(
  { db, world }: Pick<NxosContext, 'db' | 'world'>,
  told: readonly (readonly [organization: string, transaction: NxosTransaction])[],
): Promise<void> {
  const sides = told.map(([organization, row]) => ({
    organization,
    transaction: row.id,
    body: messageOf(row),
  }));
  const telling = { ...tellingOf(hex128(world.random)), at: world.clock.now(), sides };
  await db.execute(sql`select nxos_tell(${JSON.stringify(telling)}::jsonb)`);
}

/** What the database needs to tell of anything: which endpoints want it, and chance that their ids are made of. */
export const tellingOf = (chance: string) => ({ event: TRANSACTION_UPDATED, idHeader: SVIX_ID, chance });

export const messageOf = (transaction: SeenTransaction): string =>
  JSON.stringify({
    type: TRANSACTION_UPDATED,
    timestamp: iso(transaction.updatedAt),
    data: transactionView(transaction),
  });

export function createSender(db: Database): Sender {
  async function endpointsOf(webhooks: readonly Taken[]): Promise<ReadonlyMap<string, NxosEndpoint>> {
    const ids = [...new Set(webhooks.flatMap(({ endpoint }) => endpoint ?? []))];
    const found = await db.select().from(nxosEndpoints).where(inArray(nxosEndpoints.id, ids));
    return new Map(found.map((endpoint) => [endpoint.id, endpoint]));
  }

  return {
    async signer(webhooks) {
      const endpoints = await endpointsOf(webhooks);
      return ({ endpoint, headers, body }, at) =>
        signedFor(endpoints.get(endpoint ?? ''), { id: headers[SVIX_ID] ?? '', body }, at);
    },

    async attempted(tried) {
      const endpoints = await endpointsOf(tried.map(({ webhook }) => webhook));
      for (const [id, endpoint] of endpoints) {
        const attempts = tried.flatMap(({ webhook, attempt }) => (webhook.endpoint === id ? [attempt] : []));
        const { failingSince, disabled } = attempts.reduce(healthAfter, endpoint);
        if (failingSince === endpoint.failingSince && disabled === endpoint.disabled) continue;
        await db.update(nxosEndpoints).set({ failingSince, disabled }).where(eq(nxosEndpoints.id, id));
      }
    },
  };
}

async function signedFor(
  endpoint: NxosEndpoint | undefined,
  { id, body }: Omit<SvixMessage, 'timestamp'>,
  at: number,
): Promise<Readonly<Record<string, string>> | undefined> {
  if (!endpoint || endpoint.disabled) return undefined;
  const { secret, oldSecret, oldSecretUntil } = endpoint;
  const message = { id, timestamp: Math.floor(at / 1_000), body };
  const secrets = [secret, ...(oldSecret !== null && at < (oldSecretUntil ?? 0) ? [oldSecret] : [])];
  const signatures = await Promise.all(secrets.map((it) => Promise.resolve(signSvix(message, it))));
  return { [SVIX_TIMESTAMP]: String(message.timestamp), [SVIX_SIGNATURE]: signatures.join(' ') };
}

type Health = Pick<NxosEndpoint, 'failingSince' | 'disabled'>;

function healthAfter({ failingSince: since, disabled }: Health, attempt: Attempt): Health {
  const failingSince = isAccepted(attempt) ? null : (since ?? attempt.at);
  const isGivenUp =
    attempt.status === GONE || (failingSince !== null && attempt.at - failingSince >= DISABLED_AFTER_MS);
  return { failingSince, disabled: disabled || isGivenUp };
}
