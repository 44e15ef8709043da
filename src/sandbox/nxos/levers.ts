/** What only the sandbox can do to Nxos: make organizations, and suspend or close accounts. */
import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { ACCOUNT_STATUSES } from '../../model/nxos/statuses.ts';
import { ASSET_CODES } from '../../model/assets.ts';
import { hex128 } from '../../model/ids.ts';
import { handle } from '../../wire/nxos/objects.ts';
import { nxosAccounts } from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';
import { isStorable } from '../store/storable.ts';
import type { World } from '../world.ts';
import { newId } from './context.ts';
import { plantOrganization } from './seeds.ts';

/** The body of `POST /_sandbox/nxos/organizations`. */
export const organizationRequest = z.strictObject({
  name: z.string().min(1).max(100),
  handle,
  /** Decimal strings, by asset. */
  balances: z.partialRecord(z.enum(ASSET_CODES), z.string()).default({}),
});

/** With a key of its own, and a primary account. */
export async function makeOrganization(
  db: Database,
  world: World,
  request: z.output<typeof organizationRequest>,
) {
  const made = {
    ...request,
    id: newId('org', world),
    key: `nxos_sk_test_${hex128(world.random)}`,
    accountId: newId('acct', world),
  };
  await db.transaction((tx) => plantOrganization(tx, made, world.clock.now()));
  const { id, key, accountId, handle: taken } = made;
  return { organizationId: id, key, accountId, handle: taken };
}

/** The body of `POST /_sandbox/nxos/accounts/{id}`. */
export const accountRequest = z.strictObject({ status: z.enum(ACCOUNT_STATUSES) });

/** `undefined` for an account that is not there or is closed: that is for ever. */
export async function setAccountStatus(
  db: Database,
  { clock }: World,
  id: string,
  { status }: z.output<typeof accountRequest>,
) {
  if (!isStorable(id)) return undefined;
  return db.transaction(async (tx) => {
    const [account] = await tx.select().from(nxosAccounts).where(eq(nxosAccounts.id, id)).for('update');
    if (!account || account.status === 'CLOSED') return undefined;
    await tx.update(nxosAccounts).set({ status, updatedAt: clock.now() }).where(eq(nxosAccounts.id, id));
    return { accountId: id, status };
  });
}
