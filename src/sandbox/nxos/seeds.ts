/** What Nxos of the sandbox has from the start: two organizations that can pay each other. None of it is secret. */
import { type Asset, ASSET_CODES, parseAmount } from '../../model/assets.ts';
import { openingBooks, post, type Posting, transfer, WORLD } from '../ledger/ledger.ts';
import {
  nxosAccounts,
  nxosBeneficiaries,
  nxosFundingMethods,
  nxosOrganizations,
} from '../store/nxos-schema.ts';
import { plant, rowsOf } from '../store/plant.ts';
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
  const [shop, acme] = ORGANIZATIONS;
  if (!shop || !acme) throw new Error('two organizations are seeded');
  const { createdAt, nickname } = PRINTED;
  const owned = ORGANIZATIONS.map((organization) => rowsFor(organization, now));
  const toAcme = {
    type: 'NXOSNET',
    status: 'ACTIVE',
    targetHandle: 'acme',
    bank: null,
    details: {},
  } as const;
  const usdc = { chainName: 'BASE_SEPOLIA', address: '0x00000000000000000000000000000000000000b2' } as const;
  await plant(
    db,
    rowsOf(
      nxosOrganizations,
      owned.map(({ organization }) => organization),
    ),
    rowsOf(nxosAccounts, [
      ...owned.map(({ account }) => account),
      {
        id: PRINTED.accountId,
        organization: shop.id,
        name: PRINTED.name,
        isPrimary: false,
        status: 'ACTIVE',
        createdAt,
        updatedAt: createdAt,
      },
    ]),
    rowsOf(nxosFundingMethods, [
      ...owned.map(({ fundingMethod }) => ({ ...fundingMethod, crypto: null })),
      {
        id: seedId('funding', 'b2'),
        accountId: acme.accountId,
        name: 'USDC on Base',
        createdAt: now,
        crypto: usdc,
      },
    ]),
    rowsOf(nxosBeneficiaries, [
      { ...toAcme, id: SEEDED_BENEFICIARY, accountId: shop.accountId, nickname: 'Acme', createdAt: now },
      { ...toAcme, id: PRINTED.beneficiaryId, accountId: PRINTED.accountId, nickname, createdAt },
      {
        type: 'BANK',
        status: 'ACTIVE',
        targetHandle: null,
        bank: PRINTED.bank,
        details: {},
        id: PRINTED.bankBeneficiaryId,
        accountId: PRINTED.accountId,
        nickname: PRINTED.bank.bankName,
        createdAt,
      },
    ]),
    ...openingBooks([...ORGANIZATIONS, PRINTED].flatMap((holder) => funding(holder, now))),
  );
}

/** An organization, its primary account and the money in it. */
export async function plantOrganization(tx: Database, made: SeededOrganization, now: number): Promise<void> {
  const { organization, account, fundingMethod } = rowsFor(made, now);
  await tx.insert(nxosOrganizations).values(organization);
  await tx.insert(nxosAccounts).values(account);
  await tx.insert(nxosFundingMethods).values(fundingMethod);
  for (const posting of funding(made, now)) await post(tx, posting);
}

const rowsFor = ({ id, key, name, handle, accountId }: SeededOrganization, now: number) => ({
  organization: { id, key, name, handle, enabled: true, showName: true },
  account: {
    id: accountId,
    organization: id,
    name: 'Primary account',
    isPrimary: true,
    status: 'ACTIVE' as const,
    createdAt: now,
    updatedAt: now,
  },
  fundingMethod: {
    id: accountId.replace('acct_', 'funding_'),
    accountId,
    name: 'USD wire',
    createdAt: now,
  },
});

/** The posting of what an account holds from the start, if it holds anything. */
function funding(
  { accountId, balances }: Pick<SeededOrganization, 'accountId' | 'balances'>,
  now: number,
): readonly Posting[] {
  const moves = ASSET_CODES.flatMap((asset) => {
    const amount = parseAmount(balances[asset] ?? '0', asset);
    return amount === 0n ? [] : transfer(WORLD, accountId, { asset, amount });
  });
  return moves.length === 0 ? [] : [{ system: 'nxos', transaction: `seed:${accountId}`, at: now, moves }];
}
