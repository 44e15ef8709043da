/** One way of funding by itself: other words than in its account, where the documents say BANK_ACCOUNT. */
import { and, eq } from 'drizzle-orm';
import { NXOS_ID } from '../../wire/nxos/objects.ts';
import { nxosAccounts, nxosFundingMethods } from '../store/nxos-schema.ts';
import { isId, type NxosContext } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { fundingMethodDetailView } from './view.ts';

export async function getFundingMethod({ db, organization }: NxosContext, id: string) {
  const [found] = isId(NXOS_ID.fundingMethod, id)
    ? await db
        .select({ row: nxosFundingMethods })
        .from(nxosFundingMethods)
        .innerJoin(nxosAccounts, eq(nxosAccounts.id, nxosFundingMethods.accountId))
        .where(and(eq(nxosFundingMethods.id, id), eq(nxosAccounts.organization, organization.id)))
    : [];
  if (!found) throw new NxosRefusal('not_found');
  return fundingMethodDetailView(found.row);
}
