/** The ledger against a model that is a map of bigints, and against whoever would change what is written. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { findViolations } from '../../../src/sandbox/ledger/invariants.ts';
import {
  balancesOf,
  InsufficientFunds,
  type Move,
  post,
  transfer,
  WORLD,
} from '../../../src/sandbox/ledger/ledger.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

const ACCOUNTS = ['a', 'b', 'c', 'd'];
const ASSETS = ['USD', 'USDC'];
const RUNS = 30;

await onEachStore([MEMORY, POSTGRES], (place) => {
  let store: Store;
  let postings = 0;
  before(async () => {
    store = await openStore(place);
  });
  after(() => store.close());

  const give = (moves: readonly Move[]): Promise<void> => {
    postings += 1;
    const posting = { system: 'nxos', transaction: `t${postings}`, at: 0, moves } as const;
    return store.db.transaction((tx) => post(tx, posting));
  };

  describe('the ledger', () => {
    // I1 to I4, M3
    test(`does what a map of balances does, ${RUNS} times some 40 moves`, async () => {
      const move = fc.record({
        from: fc.constantFrom(WORLD, ...ACCOUNTS),
        to: fc.constantFrom(...ACCOUNTS),
        asset: fc.constantFrom(...ASSETS),
        amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      });
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(move, { maxLength: 40, size: 'max' }), async (moves) => {
          await store.forget();
          const model = new Map<string, bigint>();
          const held = (account: string, asset: string): bigint => model.get(`${account} ${asset}`) ?? 0n;
          for (const { from, to, asset, amount } of moves) {
            if (from === to) continue;
            const done = await give(transfer(from, to, { asset, amount })).then(
              () => true,
              (error: unknown) => {
                assert.ok(error instanceof InsufficientFunds, String(error));
                return false;
              },
            );
            assert.equal(done, from === WORLD || held(from, asset) >= amount);
            if (!done) refused += 1;
            if (!done) continue;
            model.set(`${from} ${asset}`, held(from, asset) - amount);
            model.set(`${to} ${asset}`, held(to, asset) + amount);
          }
          for (const account of [WORLD, ...ACCOUNTS]) {
            for (const { asset, amount } of await balancesOf(store.db, 'nxos', account)) {
              assert.equal(amount, held(account, asset));
            }
          }
          assert.deepEqual(await findViolations(store.db), []);
        }),
        { numRuns: RUNS },
      );
      assert.ok(refused > 50, `${refused} were refused`);
    });

    test('moves several assets in one go, or none of them', async () => {
      await store.forget();
      await give(transfer(WORLD, 'a', { asset: 'USD', amount: 100n }));
      const both = [
        ...transfer('a', 'b', { asset: 'USD', amount: 60n }),
        ...transfer('b', 'a', { asset: 'USDC', amount: 1n }),
      ];
      await assert.rejects(give(both), InsufficientFunds);
      const held = await balancesOf(store.db, 'nxos', 'a');
      assert.deepEqual(
        held.find(({ asset }) => asset === 'USD'),
        { asset: 'USD', amount: 100n },
      );
    });

    test('takes nothing that does not add up to zero', async () => {
      await assert.rejects(give([{ account: 'a', asset: 'USD', amount: 1n }]));
      assert.deepEqual(await findViolations(store.db), []);
    });

    // Entries are immutable
    test('lets nobody change or delete what is written', async () => {
      await give(transfer(WORLD, 'a', { asset: 'USD', amount: 1n }));
      await assert.rejects(store.db.execute(sql`update entries set amount = 2`));
      await assert.rejects(store.db.execute(sql`delete from entries`));
    });

    test('sees it when somebody changes a balance past it', async () => {
      await store.forget();
      await give(transfer(WORLD, 'a', { asset: 'USD', amount: 5n }));
      await store.db.execute(sql`update balances set amount = 6 where account = 'a'`);
      assert.deepEqual(
        (await findViolations(store.db)).map(({ rule }) => rule),
        ['balance-is-its-entries', 'asset-adds-up-to-zero'],
      );
    });
  });
});
