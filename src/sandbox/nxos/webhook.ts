/** Tells the endpoints of an organization, in Svix's form: each attempt is signed with its own time. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { hex128 } from '../../model/ids.ts';
import { signSvix, SVIX_ID, SVIX_SIGNATURE, SVIX_TIMESTAMP } from '../../wire/nxos/signature.ts';
import { enqueue, type OutgoingWebhook, type Sender } from '../outbox/outbox.ts';
import { type NxosEndpoint, nxosEndpoints, type NxosTransaction } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { iso, type NxosContext } from './context.ts';
import { transactionView } from './view.ts';

const TRANSACTION_UPDATED = 'transaction.status.updated';
/** "Endpoint disabled after 5 days of failures" (docs.svix.com/retries). */
const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;
/** Gone: the receiver wants no more. */
const GONE = 410;

/** In the database transaction of what happened: each organization hears of its own side. */
export async function tellOfTransactions(
  { db, world }: Pick<NxosContext, 'db' | 'world'>,
  sides: readonly (readonly [organization: string, transaction: NxosTransaction])[],
): Promise<void> {
  const organizations = sides.map(([organization]) => organization);
  const endpoints = await db
    .select()
    .from(nxosEndpoints)
    .where(and(inArray(nxosEndpoints.organization, organizations), eq(nxosEndpoints.disabled, false)))
    .orderBy(asc(nxosEndpoints.sequence));
  for (const [organization, transaction] of sides) {
    for (const endpoint of endpoints) {
      const { eventTypes } = endpoint;
      const wants = eventTypes.length === 0 || eventTypes.includes(TRANSACTION_UPDATED);
      if (endpoint.organization === organization && wants) {
        await enqueue(db, world, messageFor(endpoint, transaction, world));
      }
    }
  }
}

const messageFor = (
  { id, url }: NxosEndpoint,
  transaction: NxosTransaction,
  { random }: World,
): OutgoingWebhook => ({
  system: 'nxos',
  subject: `${id}:${transaction.id}`,
  endpoint: id,
  url,
  body: JSON.stringify({
    type: TRANSACTION_UPDATED,
    timestamp: iso(transaction.updatedAt),
    data: transactionView(transaction),
  }),
  headers: { [SVIX_ID]: `msg_${hex128(random)}` },
});

export function createSender(db: Database): Sender {
  const find = async (id: string | null): Promise<NxosEndpoint | undefined> => {
    const [endpoint] =
      id === null ? [] : await db.select().from(nxosEndpoints).where(eq(nxosEndpoints.id, id));
    return endpoint;
  };

  return {
    async sign({ endpoint: id, headers, body }, at) {
      const endpoint = await find(id);
      if (!endpoint || endpoint.disabled) return undefined;
      const message = { id: headers[SVIX_ID] ?? '', timestamp: Math.floor(at / 1_000), body };
      const secrets = [
        endpoint.secret,
        ...(endpoint.oldSecret !== null && at < (endpoint.oldSecretUntil ?? 0) ? [endpoint.oldSecret] : []),
      ];
      const signatures = await Promise.all(
        secrets.map((secret) => Promise.resolve(signSvix(message, secret))),
      );
      return { [SVIX_TIMESTAMP]: String(message.timestamp), [SVIX_SIGNATURE]: signatures.join(' ') };
    },

    async attempted({ endpoint: id }, { at, status }) {
      const endpoint = await find(id);
      if (!endpoint) return;
      const isDelivered = status >= 200 && status < 300;
      const failingSince = isDelivered ? null : (endpoint.failingSince ?? at);
      const isGivenUp = status === GONE || (failingSince !== null && at - failingSince >= DISABLED_AFTER_MS);
      await db
        .update(nxosEndpoints)
        .set({ failingSince, disabled: endpoint.disabled || isGivenUp })
        .where(eq(nxosEndpoints.id, endpoint.id));
    },
  };
}
