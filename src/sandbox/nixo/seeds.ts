/** What Nixo of the sandbox has from the start. All of it is for tests, none of it is secret. */
import { parseMoney } from '../../model/money.ts';
import { post, transfer, WORLD } from '../ledger/ledger.ts';
import { nixoAccounts } from '../store/nixo-schema.ts';
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
  await db.transaction(async (tx) => {
    const planted = await tx
      .insert(nixoAccounts)
      .values({
        id: OPERATING_ACCOUNT,
        type: 'business',
        name: 'Operating account',
        email: null,
        country: null,
        kycStatus: 'verified',
        metadata: {},
        isOperating: true,
        dueAt: null,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: nixoAccounts.id });
    if (planted.length === 0) return;
    const moves = FUNDS.flatMap(([text, currency]) =>
      transfer(WORLD, OPERATING_ACCOUNT, { asset: currency, amount: parseMoney(text, currency).minor }),
    );
    await post(tx, { system: 'nixo', transaction: 'seed', at: now, moves });
  });
}
