/** What webhooks cost the database, counted in statements, and what becomes of those of a process that died. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'drizzle-orm';
import { createSender } from '../../../src/sandbox/nxos/webhook.ts';
import { createOutbox, enqueue } from '../../../src/sandbox/outbox/outbox.ts';
import { deliveries, nxosEndpoints } from '../../../src/sandbox/store/schema.ts';
import { type Database, openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { createWorld } from '../../../src/sandbox/world.ts';
import { onEachStore, POSTGRES } from '../../contracts/stores.ts';
import { until } from '../../patience.ts';

const URL = 'http://127.0.0.1:9/hook';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

function receiving() {
  const attempts: string[] = [];
  const world = createWorld({
    fetch: (_url, init) => {
      attempts.push(new Headers(init?.headers).get('x-webhook-attempt') ?? '');
      return Promise.resolve(new Response());
    },
  });
  return { world, attempts };
}

/** Due since the beginning of time, each about a subject of its own. */
const queueMany = (db: Database, times: number, system: string): Promise<unknown> =>
  db.execute(sql`
    insert into deliveries (id, system, subject, endpoint, url, body, headers, state, attempts, history, due_at, created_at)
    select 'whk_' || n, ${system}, 's' || n, 'ep_1', ${URL}, '{}', '{"svix-id":"msg_1"}', 'queued', 0, '[]', 0, 0
    from generate_series(1, ${times}::integer) n`);

/** The same database, and how often it was asked for anything. */
function counted(db: Database) {
  const asked = { times: 0 };
  const counting = new Proxy(db, {
    get(target, key, receiver) {
      if (key === 'select' || key === 'update' || key === 'execute') asked.times += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return { db: counting, asked };
}

test('a thousand webhooks take fewer than a hundred statements', async () => {
  const { world, attempts } = receiving();
  const { db, asked } = counted(store.db);
  await queueMany(store.db, 1_000, 'gateway');
  await createOutbox(db, world).runDue();
  assert.equal(attempts.length, 1_000);
  assert.ok(asked.times < 100, `${asked.times} statements`);
});

test('a thousand of Nxos’s, signed with the secret of their endpoint, fewer than two hundred', async () => {
  const { world, attempts } = receiving();
  const { db, asked } = counted(store.db);
  await store.db.insert(nxosEndpoints).values({
    id: 'ep_1',
    organization: 'org_1',
    url: URL,
    disabled: false,
    eventTypes: [],
    secret: 'whsec_c2VjcmV0',
    createdAt: 0,
    updatedAt: 0,
  });
  await queueMany(store.db, 1_000, 'nxos');
  await createOutbox(db, world, { nxos: createSender(db) }).runDue();
  assert.equal(attempts.length, 1_000);
  assert.ok(asked.times < 200, `${asked.times} statements`);
});

test('a thousand about one subject are sent one after the other, without a look through all for each', async () => {
  const sent: string[] = [];
  let underWay = 0;
  const world = createWorld({
    fetch: async (_url, init) => {
      underWay += 1;
      assert.equal(underWay, 1);
      sent.push(init?.body as string);
      await Promise.resolve();
      underWay -= 1;
      return new Response();
    },
  });
  await store.db.execute(sql`
    insert into deliveries (id, system, subject, url, body, headers, state, attempts, history, due_at, created_at)
    select 'whk_' || n, 'nixo', 'one', ${URL}, n, '{}', 'queued', 0, '[]', 0, 0 from generate_series(1, 1000) n`);
  await createOutbox(store.db, world).runDue();
  assert.deepEqual(
    sent,
    Array.from({ length: 1_000 }, (_, at) => String(at + 1)),
  );
});

test('what a process that died was sending counts as tried, and is not tried more often than the rule says', async () => {
  const { world, attempts } = receiving();
  await queueMany(store.db, 2, 'gateway');
  await store.db.update(deliveries).set({ state: 'sending', takenUntil: 0 });
  await store.db.execute(sql`update deliveries set attempts = 14 where id = 'whk_2'`);
  await createOutbox(store.db, world).runDue();
  assert.deepEqual(attempts, ['2']);
  const rows = await store.db.select().from(deliveries).orderBy(deliveries.id);
  assert.deepEqual(
    rows.map(({ state, attempts: made, history }) => [state, made, history.map(({ status }) => status)]),
    [
      ['delivered', 2, [0, 200]],
      ['dead', 15, [0]],
    ],
  );
});

await onEachStore([POSTGRES], (place) => {
  test('a process whose clock was advanced does not take what another is sending', async () => {
    const stores = await Promise.all([openStore(place), openStore(place)]);
    const [here, there] = stores;
    const [slow, fast] = [receiving(), receiving()];
    let letGo = (_answer: Response): void => undefined;
    let isUnderWay = false;
    const world = createWorld({
      fetch: () => {
        isUnderWay = true;
        return new Promise((resolve) => (letGo = resolve));
      },
    });
    await enqueue(here.db, slow.world, {
      system: 'gateway',
      subject: 's',
      url: URL,
      body: '{}',
      headers: {},
    });
    const sending = createOutbox(here.db, world, {}, { isAlone: false }).runDue();
    await until(() => isUnderWay, 'one is sending it');
    fast.world.clock.moveTo(Date.now() + 3_600_000);
    await createOutbox(there.db, fast.world, {}, { isAlone: false }).runDue();
    assert.deepEqual(fast.attempts, []);
    letGo(new Response());
    await sending;
    const [kept] = await here.db.select().from(deliveries);
    assert.deepEqual([kept?.state, kept?.attempts], ['delivered', 1]);
    await here.forget();
    await Promise.all(stores.map((it) => it.close()));
  });
});
