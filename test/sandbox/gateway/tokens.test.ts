/** What a mint stores: at one moment by one statement, each on its own, and none for an order that is paid. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test, type TestContext } from 'node:test';
import { createSandbox } from '../../../src/sandbox/app.ts';
import { createTokens, type NewToken } from '../../../src/sandbox/gateway/tokens.ts';
import { EmbeddedDatabase } from '../../../src/sandbox/store/embedded.ts';
import { tokens, transactions } from '../../../src/sandbox/store/schema.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';
import { REQUESTS } from '../../fixtures/gateway-examples.ts';

const NOW = Date.UTC(2031, 4, 6);

const tokenOf = (trackingId: string, more: Partial<NewToken> = {}): NewToken => ({
  token: `token of ${trackingId}`,
  flow: 'deposit',
  trackingId,
  userId: '128',
  amount: 9_007_199_254_740_993n,
  currency: 'EUR',
  restricted: false,
  maxDeposit: null,
  providerId: null,
  theme: 'light',
  ip: '127.34.125.54',
  settings: { lines: [{ name: 'ä✓ "quoted"', amount: '1.00' }] },
  customer: { first_name: 'John', nothing: null },
  createdAt: NOW,
  expiresAt: NOW + 1,
  ...more,
});

type Status = 'pending' | 'successful' | 'rejected';

const paymentOf = (trackingId: string, status: Status) => ({
  id: `${trackingId} ${status}`,
  trackingId,
  userId: '128',
  type: 'deposit' as const,
  status,
  amount: 1n,
  currency: 'EUR',
  providerId: '210',
  ip: '127.34.125.54',
  customer: {},
  waitsFor: 'nothing' as const,
  createdAt: NOW,
  updatedAt: NOW,
});

const numbered = (length: number, name: string): readonly string[] =>
  Array.from({ length }, (_, at) => `${name} ${at}`);

await onEachStore([MEMORY, POSTGRES], (place) => {
  let store: Store;
  before(async () => {
    store = await openStore(place);
    await store.db
      .insert(transactions)
      .values([
        paymentOf('paid', 'successful'),
        paymentOf('failed', 'rejected'),
        paymentOf('at once', 'pending'),
      ]);
  });
  after(() => store.close());

  const stored = async (): Promise<ReadonlyMap<string, NewToken>> =>
    new Map((await store.db.select().from(tokens)).map((row) => [row.trackingId, row]));

  test('each is stored as it was given, however many come at once', async () => {
    const { keep } = createTokens(store.db);
    const ids = numbered(200, 'order');
    assert.deepEqual(new Set(await Promise.all(ids.map((id) => keep(tokenOf(id))))), new Set([true]));
    const rows = await stored();
    for (const id of ids) assert.deepEqual(rows.get(id), tokenOf(id));
  });

  test('it is there when that is said', async () => {
    const { keep } = createTokens(store.db);
    for (const id of numbered(3, 'alone')) {
      await keep(tokenOf(id));
      assert((await stored()).has(id));
    }
  });

  test('an order that is paid gets none, and keeps none from those beside it', async () => {
    const { keep } = createTokens(store.db);
    const kept = await Promise.all(['failed', 'paid', 'at once', 'new'].map((id) => keep(tokenOf(id))));
    assert.deepEqual(kept, [true, false, true, true]);
    assert(!(await stored()).has('paid'));
  });

  test('one that the database refuses keeps none from those beside it', async () => {
    const { keep } = createTokens(store.db);
    const given = [tokenOf('beside 1'), tokenOf('too large', { amount: 10n ** 30n }), tokenOf('beside 2')];
    const ends = await Promise.allSettled(given.map((token) => keep(token)));
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    const rows = await stored();
    assert.deepEqual(
      [rows.has('beside 1'), rows.has('too large'), rows.has('beside 2')],
      [true, false, true],
    );
  });
});

describe('counted on PGlite', () => {
  /** Of what is said to the database; what was said before is prepared. */
  const exchangesOf = async (t: TestContext, act: () => Promise<unknown>): Promise<number> => {
    await act();
    const { mock } = t.mock.method(EmbeddedDatabase.prototype, 'execProtocolRawSync');
    await act();
    return mock.callCount();
  };

  test('64 that come at once are one statement', async (t) => {
    const store = await openStore();
    t.after(() => store.close());
    const { keep } = createTokens(store.db);
    let round = 0;
    const mint64 = () => {
      round += 1;
      return Promise.all(numbered(64, `round ${round}`).map((id) => keep(tokenOf(id))));
    };
    assert.equal(await exchangesOf(t, mint64), 1);
  });

  test('so is one that comes alone, by the route', async (t) => {
    // Time stands still, so that nothing else asks the database.
    const sandbox = await createSandbox({ clock: NOW });
    t.after(() => sandbox.close());
    const mint = async () => {
      const response = await sandbox.fetch(
        new Request('http://127.0.0.1/gateway/api/v1/cashier', {
          method: 'POST',
          headers: { 'x-api-key': 'dev_kassa_0001' },
          body: mintBody(randomUUID()),
        }),
      );
      assert.equal(response.status, 200);
    };
    assert.equal(await exchangesOf(t, mint), 1);
  });
});

const mintBody = (trackingId: string): string =>
  JSON.stringify({ request: { ...REQUESTS.cashier.request, tracking_id: trackingId } });
