/** Nxosnet transfers: from an account to another organization's, at once, in one database transaction. */
import { and, eq } from 'drizzle-orm';
import { parseAmount } from '../../model/assets.ts';
import { transferRequest } from '../../wire/nxos/objects.ts';
import { post, transfer } from '../ledger/ledger.ts';
import { nxosAccounts, nxosOrganizations, nxosTransactions } from '../store/nxos-schema.ts';
import { requireAccount, requireActive } from './accounts.ts';
import { beneficiaryOf } from './beneficiaries.ts';
import { newId, type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { transferView } from './view.ts';
import { tellOfTransactions } from './webhook.ts';

export async function sendTransfer(context: NxosContext, body: unknown) {
  const { db, world, organization } = context;
  const request = parse(transferRequest, body);
  const source = await requireAccount(context, request.accountId);
  const beneficiary = await beneficiaryOf(context, source, request.beneficiaryId);
  if (beneficiary.type !== 'NXOSNET') throw new NxosRefusal('beneficiary_type_mismatch');
  if (beneficiary.status !== 'ACTIVE') throw new NxosRefusal('beneficiary_not_active');
  const targetHandle = beneficiary.targetHandle ?? '';
  const target = await requireTarget(context, targetHandle);
  if (target.accountId === source.id) {
    throw new NxosRefusal('invalid_request', 'beneficiaryId: leads back to the same account');
  }
  await requireActive(db, [source.id, target.accountId]);

  const now = world.clock.now();
  const { asset } = request;
  const amount = parseAmount(request.amount, asset);
  const shared = {
    type: 'NXOSNET_TRANSFER',
    status: 'COMPLETED',
    amount,
    asset,
    description: request.note ?? null,
    createdAt: now,
    updatedAt: now,
  } as const;
  const [sent, received] = await db
    .insert(nxosTransactions)
    .values([
      {
        ...shared,
        id: newId('txn', world),
        accountId: source.id,
        beneficiaryId: beneficiary.id,
        tags: request.tags ?? [],
        metadata: request.metadata ?? {},
        details: { direction: 'OUT', targetHandle },
      },
      {
        ...shared,
        id: newId('txn', world),
        accountId: target.accountId,
        beneficiaryId: null,
        // Tags and metadata are the sender's own; the note is for both.
        tags: [],
        metadata: {},
        details: { direction: 'IN', sourceHandle: organization.handle },
      },
    ])
    .returning();
  if (!sent || !received) throw new Error('nothing was inserted');
  await post(db, {
    system: 'nxos',
    transaction: sent.id,
    at: now,
    moves: transfer(source.id, target.accountId, { asset, amount }),
  });
  await tellOfTransactions(context, [
    [organization.id, sent],
    [target.organization, received],
  ]);
  return transferView(sent, targetHandle);
}

async function requireTarget({ db }: NxosContext, handle: string) {
  const [target] = await db
    .select({
      organization: nxosOrganizations.id,
      enabled: nxosOrganizations.enabled,
      accountId: nxosAccounts.id,
    })
    .from(nxosOrganizations)
    .innerJoin(
      nxosAccounts,
      and(eq(nxosAccounts.organization, nxosOrganizations.id), eq(nxosAccounts.isPrimary, true)),
    )
    .where(eq(nxosOrganizations.handle, handle));
  if (!target) throw new NxosRefusal('handle_not_found');
  if (!target.enabled) throw new NxosRefusal('nxosnet_disabled');
  return target;
}
