/** What every sandbox begins with: written in one statement, once, at the time of the clock that rules. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asc, inArray, notInArray } from 'drizzle-orm';
import { createSandbox } from '../../../src/sandbox/app.ts';
import { findViolations } from '../../../src/sandbox/ledger/invariants.ts';
import { balancesOf } from '../../../src/sandbox/ledger/ledger.ts';
import { OPERATING_ACCOUNT, plantNixo } from '../../../src/sandbox/nixo/seeds.ts';
import { ORGANIZATIONS, plantNxos, PRINTED } from '../../../src/sandbox/nxos/seeds.ts';
import { entries } from '../../../src/sandbox/store/ledger-schema.ts';
import { nixoAccounts } from '../../../src/sandbox/store/nixo-schema.ts';
import {
  nxosAccounts,
  nxosBeneficiaries,
  nxosFundingMethods,
  nxosOrganizations,
} from '../../../src/sandbox/store/nxos-schema.ts';
import { plant, rowsOf } from '../../../src/sandbox/store/plant.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { FOLDER, MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

const NOW = Date.UTC(2031, 4, 6, 7, 8, 9);

// C-02
await onEachStore([MEMORY, FOLDER, POSTGRES], (place, kind) => {
  let store: Store;
  before(async () => {
    store = await openStore(place);
  });
  after(() => store.close());

  const plantAll = async (into: Store, now: number): Promise<void> => {
    await plantNixo(into.db, now);
    await plantNxos(into.db, now);
  };

  // I1 to I4
  test('the seeds hold what they should, by the books', async () => {
    await plantAll(store, NOW);
    assert.deepEqual(await findViolations(store.db), []);
    assert.deepEqual(await balancesOf(store.db, 'nixo', OPERATING_ACCOUNT), [
      { asset: 'EUR', amount: 100_000_00n },
      { asset: 'USD', amount: 100_000_00n },
    ]);
    const held = [
      { asset: 'USD', amount: 15_000_00n },
      { asset: 'USDC', amount: 5_000_000000n },
    ];
    const [shop, acme] = ORGANIZATIONS;
    assert.deepEqual(await balancesOf(store.db, 'nxos', shop?.accountId ?? ''), held);
    assert.deepEqual(await balancesOf(store.db, 'nxos', PRINTED.accountId), held);
    assert.deepEqual(await balancesOf(store.db, 'nxos', acme?.accountId ?? ''), []);
  });

  test('the seeds are of the clock’s time, and what the documents print of theirs', async () => {
    const times = async (
      table: typeof nxosAccounts | typeof nxosBeneficiaries | typeof nxosFundingMethods,
    ) => {
      const rows = await store.db.select({ id: table.id, at: table.createdAt }).from(table);
      const printed: readonly string[] = [
        PRINTED.accountId,
        PRINTED.beneficiaryId,
        PRINTED.bankBeneficiaryId,
      ];
      for (const { id, at } of rows) assert.equal(at, printed.includes(id) ? PRINTED.createdAt : NOW, id);
      return rows.length;
    };
    assert.deepEqual(
      [await times(nxosAccounts), await times(nxosBeneficiaries), await times(nxosFundingMethods)],
      [3, 3, 3],
    );
    for (const { createdAt } of [
      ...(await store.db.select().from(entries)),
      ...(await store.db.select().from(nixoAccounts)),
    ]) {
      assert.equal(createdAt, NOW);
    }
  });

  test('what is there already stays as it is', async () => {
    const before = await store.db.select().from(nxosAccounts).orderBy(asc(nxosAccounts.sequence));
    await plantAll(store, NOW + 1);
    assert.deepEqual(await store.db.select().from(nxosAccounts).orderBy(asc(nxosAccounts.sequence)), before);
    assert.deepEqual(await findViolations(store.db), []);
  });

  test('after a reset they are of the new time', async () => {
    await store.forget();
    await plantAll(store, NOW + 2);
    const [account] = await store.db
      .select()
      .from(nxosAccounts)
      .where(notInArray(nxosAccounts.id, [PRINTED.accountId]));
    assert.equal(account?.createdAt, NOW + 2);
  });

  test('a field that the table does not have is a fault of the sandbox’s own', async () => {
    const wrong = rowsOf(nxosOrganizations, []);
    await assert.rejects(plant(store.db, { ...wrong, rows: [{ colour: 'red' }] }), /no column for colour/);
  });

  // F81
  const several = async (): Promise<void> => {
    for (let round = 0; round < 5; round += 1) {
      await store.forget();
      await Promise.all(Array.from({ length: 6 }, (_, at) => plantAll(store, NOW + at)));
      assert.deepEqual(await findViolations(store.db), []);
      const seeded = ORGANIZATIONS.map(({ id }) => id);
      const rows = await store.db
        .select()
        .from(nxosAccounts)
        .where(inArray(nxosAccounts.organization, seeded));
      assert.equal(rows.length, 3);
      const times = new Set(
        (await store.db.select().from(entries)).map(({ system, createdAt }) => `${system} ${createdAt}`),
      );
      assert.equal(times.size, 2, 'each system’s of one and the same start');
    }
  };
  // The others are of one process.
  if (kind === POSTGRES) test('several that begin on one database plant once', several);
});

test('a sandbox whose clock stands begins at its time', async () => {
  const sandbox = await createSandbox({ clock: NOW });
  try {
    const answer = await sandbox.fetch(
      new Request('http://127.0.0.1/nxos/v1/accounts', {
        headers: { authorization: `Bearer ${ORGANIZATIONS[0]?.key}` },
      }),
    );
    const { data } = (await answer.json()) as { readonly data: readonly { readonly createdAt: string }[] };
    assert.deepEqual(
      data.map(({ createdAt }) => createdAt),
      [new Date(NOW).toISOString(), new Date(PRINTED.createdAt).toISOString()],
    );
  } finally {
    await sandbox.close();
  }
});
