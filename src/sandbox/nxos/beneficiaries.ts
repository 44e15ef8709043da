/** Whom an account may send to. */
import { and, asc, eq, gt } from 'drizzle-orm';
import {
  bankBeneficiaryRequest,
  cryptoBeneficiaryRequest,
  NXOS_ID,
  nxosnetBeneficiaryRequest,
} from '../../wire/nxos/objects.ts';
import { inserted } from '../store/rows.ts';
import {
  BENEFICIARY_TYPES,
  type NxosAccount,
  type NxosBeneficiary,
  nxosBeneficiaries,
  nxosOrganizations,
} from '../store/nxos-schema.ts';
import { requireAccount } from './accounts.ts';
import { isId, newId, type NxosContext, parse } from './context.ts';
import { NxosRefusal } from './errors.ts';
import { envelope, readPage } from './paging.ts';
import { beneficiaryView } from './view.ts';

export async function createBeneficiary(context: NxosContext, body: unknown) {
  const {
    accountId,
    nickname,
    targetHandle,
    tags: _tags,
    metadata: _more,
    ...identity
  } = parse(nxosnetBeneficiaryRequest, body);
  const account = await requireAccount(context, accountId);
  const [target] = await context.db
    .select({ id: nxosOrganizations.id })
    .from(nxosOrganizations)
    .where(eq(nxosOrganizations.handle, targetHandle));
  if (!target) throw new NxosRefusal('handle_not_found');
  const details = Object.fromEntries(
    Object.entries(identity).filter((field): field is [string, string] => field[1] !== undefined),
  );
  return keep(context, { accountId: account.id, nickname, type: 'NXOSNET', targetHandle, details });
}

export async function createCryptoBeneficiary(context: NxosContext, body: unknown) {
  const { accountId, nickname, chainName, address, label = null } = parse(cryptoBeneficiaryRequest, body);
  const account = await requireAccount(context, accountId);
  const crypto = { chainName, address, label };
  return keep(context, { accountId: account.id, nickname, type: 'CRYPTO', crypto });
}

export async function createBankBeneficiary(context: NxosContext, body: unknown) {
  const { accountId, nickname, bankName, method, currency, ...numbers } = parse(bankBeneficiaryRequest, body);
  const account = await requireAccount(context, accountId);
  const {
    swiftCode = null,
    accountNumber = null,
    iban = null,
    routingNumber = null,
    bankCountry = null,
  } = numbers;
  const bank = { bankName, method, currency, swiftCode, accountNumber, iban, routingNumber, bankCountry };
  return keep(context, { accountId: account.id, nickname, type: 'BANK', bank });
}

type Given = Pick<NxosBeneficiary, 'accountId' | 'nickname' | 'type'> &
  Partial<Pick<NxosBeneficiary, 'targetHandle' | 'crypto' | 'bank' | 'details'>>;

async function keep({ db, world }: NxosContext, given: Given) {
  const row = inserted(
    await db
      .insert(nxosBeneficiaries)
      .values({
        details: {},
        ...given,
        id: newId('bene', world),
        status: 'ACTIVE',
        createdAt: world.clock.now(),
      })
      .returning(),
  );
  return beneficiaryView(row);
}

export async function listBeneficiaries(context: NxosContext, query: Record<string, string>) {
  const { accountId, type } = query;
  if (accountId === undefined) throw new NxosRefusal('invalid_request', 'accountId: is missing');
  const known = BENEFICIARY_TYPES.find((it) => it === type);
  if (type !== undefined && !known) {
    throw new NxosRefusal('invalid_request', `type: must be one of ${BENEFICIARY_TYPES.join(', ')}`);
  }
  const account = await requireAccount(context, accountId);
  const list = `beneficiaries:${account.id}:${type ?? ''}`;
  const page = readPage(query, list);
  const rows = await context.db
    .select()
    .from(nxosBeneficiaries)
    .where(
      and(
        eq(nxosBeneficiaries.accountId, account.id),
        known && eq(nxosBeneficiaries.type, known),
        page.after === undefined ? undefined : gt(nxosBeneficiaries.sequence, page.after),
      ),
    )
    .orderBy(asc(nxosBeneficiaries.sequence))
    .limit(page.limit + 1);
  return envelope(rows, page, list, beneficiaryView);
}

export async function getBeneficiary(context: NxosContext, id: string, accountId: string | undefined) {
  return beneficiaryView(await requireBeneficiary(context, id, accountId));
}

export async function archiveBeneficiary(context: NxosContext, id: string, accountId: string | undefined) {
  const row = await requireBeneficiary(context, id, accountId);
  if (row.status === 'ARCHIVED') throw new NxosRefusal('beneficiary_already_archived');
  await context.db
    .update(nxosBeneficiaries)
    .set({ status: 'ARCHIVED' })
    .where(eq(nxosBeneficiaries.id, row.id));
  return { object: 'beneficiary', beneficiaryId: row.id, deleted: true };
}

/** One of this account; another account's, of the same organization even, is not there. */
async function requireBeneficiary(
  context: NxosContext,
  id: string,
  accountId: string | undefined,
): Promise<NxosBeneficiary> {
  if (accountId === undefined) throw new NxosRefusal('invalid_request', 'accountId: is missing');
  return beneficiaryOf(context, await requireAccount(context, accountId), id);
}

export async function beneficiaryOf(
  { db }: NxosContext,
  account: NxosAccount,
  id: string,
): Promise<NxosBeneficiary> {
  const [row] = isId(NXOS_ID.beneficiary, id)
    ? await db
        .select()
        .from(nxosBeneficiaries)
        .where(and(eq(nxosBeneficiaries.id, id), eq(nxosBeneficiaries.accountId, account.id)))
    : [];
  if (!row) throw new NxosRefusal('beneficiary_not_found');
  return row;
}
