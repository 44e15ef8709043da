/** Tells the endpoints of an organization, in Svix's form: each attempt is signed with its own time. */
import { eq, sql } from 'drizzle-orm';
import { hex128 } from '../../model/ids.ts';
import { signSvix, SVIX_ID, SVIX_SIGNATURE, SVIX_TIMESTAMP } from '../../wire/nxos/signature.ts';
import type { Sender } from '../outbox/outbox.ts';
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
