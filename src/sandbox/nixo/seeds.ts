/** What Nixo of the sandbox has from the start. All of it is for tests, none of it is secret. */
import { parseMoney } from '../../model/money.ts';
import { openingBooks, transfer, WORLD } from '../ledger/ledger.ts';
import { nixoAccounts } from '../store/nixo-schema.ts';
import { plant, rowsOf } from '../store/plant.ts';
import type { Database } from '../store/store.ts';

export const WEBHOOK_SECRET = 'nixo_whsec_test_0001';

export interface ApiKey {
  readonly key: string;
  readonly note: string;
  readonly mayWrite: boolean;
}

export const API_KEYS: readonly ApiKey[] = [
  { key: 'sk_sandbox_kassa_0001', note: 'works', mayWrite: true },
  { key: 'sk_sandbox_kassa_readonly', note: 'may only read (permission_denied)', mayWrite: false },
];

/** The same in every sandbox, so that a test or a document can name it. */
export const OPERATING_ACCOUNT = 'acc_operating001';

const FUNDS = [
  ['100000.00', 'USD'],
  ['100000.00', 'EUR'],
] as const;

/** Once for each store; a second call finds everything there. */
export async function plantNixo(db: Database, now: number): Promise<void> {
  const account = {
    id: OPERATING_ACCOUNT,
    type: 'business',
    name: 'Operating account',
    kycStatus: 'verified',
    metadata: {},
    isOperating: true,
    createdAt: now,
  } as const;
  const moves = FUNDS.flatMap(([text, currency]) =>
    transfer(WORLD, OPERATING_ACCOUNT, { asset: currency, amount: parseMoney(text, currency).minor }),
  );
  const books = openingBooks([{ system: 'nixo', transaction: 'seed', at: now, moves }]);
  await plant(db, rowsOf(nixoAccounts, [account]), ...books);
}
