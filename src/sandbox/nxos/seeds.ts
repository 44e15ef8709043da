/** What Nxos of the sandbox has from the start: two organizations that can pay each other. None of it is secret. */
import { type Asset, ASSET_CODES, parseAmount } from '../../model/assets.ts';
import { post, transfer, WORLD } from '../ledger/ledger.ts';
import {
  nxosAccounts,
  nxosBeneficiaries,
  nxosFundingMethods,
  nxosOrganizations,
} from '../store/nxos-schema.ts';
import type { Database } from '../store/store.ts';

/** The ids of seeds are the same in every sandbox, so that a test or a document can name them. */
const seedId = (prefix: string, tail: string): string => `${prefix}_${tail.padStart(32, '0')}`;

export interface SeededOrganization {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly handle: string;
  /** Its primary account. */
  readonly accountId: string;
  readonly balances: Partial<Readonly<Record<Asset, string | undefined>>>;
}

export const ORGANIZATIONS: readonly SeededOrganization[] = [
  {
    id: seedId('org', 'a1'),
    key: 'nxos_sk_test_kassa_a',
    name: 'Kassa Demo Shop',
    handle: 'kassa',
    accountId: seedId('acct', 'a1'),
    balances: { USD: '15000.00', USDC: '5000.000000' },
  },
  {
    id: seedId('org', 'b1'),
    key: 'nxos_sk_test_kassa_b',
    name: 'Acme Trading',
    handle: 'acme',
    accountId: seedId('acct', 'b1'),
    balances: {},
  },
];

/** A's beneficiary for money to Acme. */
const SEEDED_BENEFICIARY = seedId('bene', 'a1');

/**
 * The ids, name and holdings that the documents print: A's second account, which can pay Acme and a bank as well. Their
 * sample of a payout to that bank is of more than the account of their other sample holds, so the sandbox refuses it.
 */
export const PRINTED = {
  accountId: 'acct_a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  beneficiaryId: 'bene_a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4',
  name: 'Main',
  nickname: 'Acme Corp',
  createdAt: Date.parse('2025-01-15T10:30:00.000Z'),
  balances: { USD: '15000.00', USDC: '5000.000000' },
  bankBeneficiaryId: 'bene_d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6a1',
  bank: {
    bankName: 'JPMorgan Chase',
    method: 'WIRE',
    currency: 'USD',
    swiftCode: 'CHASUS33',
    accountNumber: '123456789',
    iban: null,
    routingNumber: null,
    bankCountry: null,
  },
} as const;

/** Once for each store; a second call finds everything there. */
export async function plantNxos(db: Database, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [known] = await tx.select({ id: nxosOrganizations.id }).from(nxosOrganizations).limit(1);
    if (known) return;
    for (const organization of ORGANIZATIONS) await plantOrganization(tx, organization, now);
    const [shop, acme] = ORGANIZATIONS;
    if (!shop || !acme) throw new Error('two organizations are seeded');
    await tx.insert(nxosAccounts).values({
      id: PRINTED.accountId,
      organization: shop.id,
      name: PRINTED.name,
      description: null,
      isPrimary: false,
      status: 'ACTIVE',
      createdAt: PRINTED.createdAt,
      updatedAt: PRINTED.createdAt,
    });
    await fund(tx, PRINTED.accountId, PRINTED.balances, now);
    const toAcme = { type: 'NXOSNET', status: 'ACTIVE', targetHandle: 'acme', details: {} } as const;
    await tx.insert(nxosBeneficiaries).values([
      { ...toAcme, id: SEEDED_BENEFICIARY, accountId: shop.accountId, nickname: 'Acme', createdAt: now },
      {
        ...toAcme,
        id: PRINTED.beneficiaryId,
        accountId: PRINTED.accountId,
        nickname: PRINTED.nickname,
        createdAt: PRINTED.createdAt,
      },
      {
        id: PRINTED.bankBeneficiaryId,
        accountId: PRINTED.accountId,
        type: 'BANK',
        status: 'ACTIVE',
        nickname: PRINTED.bank.bankName,
        bank: PRINTED.bank,
        details: {},
        createdAt: PRINTED.createdAt,
      },
    ]);
    await tx.insert(nxosFundingMethods).values({
      id: seedId('funding', 'b2'),
      accountId: acme.accountId,
      name: 'USDC on Base',
      crypto: { chainName: 'BASE_SEPOLIA', address: '0x00000000000000000000000000000000000000b2' },
      createdAt: now,
    });
  });
}

/** An organization, its primary account and the money in it. */
export async function plantOrganization(
  tx: Database,
  { id, key, name, handle, accountId, balances }: SeededOrganization,
  now: number,
): Promise<void> {
  await tx.insert(nxosOrganizations).values({ id, key, name, handle, enabled: true, showName: true });
  await tx.insert(nxosAccounts).values({
    id: accountId,
    organization: id,
    name: 'Primary account',
    description: null,
    isPrimary: true,
    status: 'ACTIVE',
    createdAt: now,
    updatedAt: now,
  });
  await tx.insert(nxosFundingMethods).values({
    id: accountId.replace('acct_', 'funding_'),
    accountId,
    name: 'USD wire',
    createdAt: now,
  });
  await fund(tx, accountId, balances, now);
}

async function fund(
  tx: Database,
  accountId: string,
  balances: SeededOrganization['balances'],
  now: number,
): Promise<void> {
  const moves = ASSET_CODES.flatMap((asset) => {
    const amount = parseAmount(balances[asset] ?? '0', asset);
    return amount === 0n ? [] : transfer(WORLD, accountId, { asset, amount });
  });
  if (moves.length > 0) await post(tx, { system: 'nxos', transaction: `seed:${accountId}`, at: now, moves });
}
