/** The backend's code of the pages, run as it stands: against a sandbox, a PostgreSQL and webhooks that are signed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sql } from 'postgres';
import { createKassa, type Kassa, signWebhook } from 'kassa/server';
import { createTestDatabase } from '../postgres.ts';
import { gatewayOf, NOON, order as orderOf, PASSWORD, startTestSandbox } from '../sandbox/running.ts';
import { importCode } from './import-code.ts';
import { blocksOf, readPage } from './pages.ts';

const SHOP = 'https://shop.example';

/** Runs the block of a page that holds this text, with what the page leaves to the shop; gives what it declares. */
async function run<T>(page: string, holding: string, names: string, shop: object): Promise<T> {
  const block = blocksOf(page, await readPage(page)).find(({ code }) => code.includes(holding));
  assert.ok(block, `${page} has no code with ${holding}`);
  Object.assign(globalThis, shop);
  return importCode<T>(`${block.code}\nexport { ${names} };`);
}

const openSession = (kassa: Kassa): Promise<Response> =>
  kassa.fetch(
    new Request(`${SHOP}/kassa/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: SHOP, 'sec-fetch-site': 'same-origin' },
      body: '{"flow":"deposit"}',
    }),
  );

/** What the gateway would post. */
async function deliver(kassa: Kassa, trackingId: string, more: object = {}): Promise<unknown> {
  const body = JSON.stringify({
    transaction_id: `of ${trackingId}`,
    tracking_id: trackingId,
    user_id: '128',
    transaction_type: 'deposit',
    status: 'successful',
    amount: 10.05,
    currency: 'EUR',
    provider: 'Card',
    ...more,
  });
  const headers = { 'content-type': 'application/json', 'x-signature': await signWebhook(body, PASSWORD) };
  const response = await kassa.fetch(new Request(`${SHOP}/kassa/webhook`, { method: 'POST', headers, body }));
  return ((await response.json()) as { acceptance?: unknown }).acceptance;
}

test('a parcel is sent once, however often the gateway delivers (production.md)', async (context) => {
  const database = await createTestDatabase();
  if ('missing' in database) {
    context.skip(`NOT TESTED, no PostgreSQL: ${database.missing}`);
    return;
  }
  const sandbox = await startTestSandbox();
  process.env.DATABASE_URL = database.url;
  const shop = { gateway: gatewayOf(sandbox), order: () => orderOf('parcel 1') };
  const { kassa, sql } = await run<{ kassa: Kassa; sql: Sql }>(
    'docs/production.md',
    'into parcels',
    'kassa, sql',
    shop,
  );
  try {
    await sql`create table parcels (order_id text primary key)`;
    assert.equal((await openSession(kassa)).status, 200);
    assert.equal(await deliver(kassa, 'parcel 1'), 'handled');
    assert.equal(await deliver(kassa, 'parcel 1'), 'duplicate');
    assert.deepEqual([...(await sql`select order_id from parcels`)], [{ order_id: 'parcel 1' }]);
  } finally {
    await sql.end({ timeout: 2 });
    await sandbox.close();
    await database.drop();
  }
});

test('ships what was ordered, refuses what is paid twice, and leaves the rest to a person (events.md)', async () => {
  const sandbox = await startTestSandbox();
  const shipped: string[] = [];
  let orders = 0;
  const shop = {
    gateway: gatewayOf(sandbox),
    order: () => orderOf(`event ${(orders += 1)}`),
    yourOrders: { ship: (id: string) => shipped.push(id), note: () => undefined },
  };
  const page = 'docs/events.md';
  const { kassa } = await run<{ kassa: Kassa }>(page, 'onMismatch', 'kassa', shop);
  try {
    await openSession(kassa);
    assert.equal(await deliver(kassa, 'event 1'), 'handled');
    assert.equal(await deliver(kassa, 'event 1', { transaction_id: 'a second one' }), 'mismatch');
    await openSession(kassa);
    assert.equal(await deliver(kassa, 'event 2', { amount: 0.01 }), 'mismatch');
    assert.deepEqual(shipped, ['event 1']);
    const isDecided = await kassa.decide({ trackingId: 'event 2', transactionId: 'of event 2' }, 'accept');
    assert.ok(isDecided);
    assert.deepEqual(shipped, ['event 1', 'event 2']);
  } finally {
    await sandbox.close();
  }
});

test('an order that the shop opens itself has two addresses (migrate/iframe.md)', async () => {
  const gateway = {
    apiKey: 'dev_kassa_0001',
    baseUrl: 'http://127.0.0.1:9/gateway',
    signaturePassword: PASSWORD,
  };
  const { createGateway } = await import('kassa/server');
  const kassa = createKassa({ gateway: createGateway(gateway), order: () => null, now: () => NOON });
  const page = 'docs/migrate/iframe.md';
  const found = await run<Record<string, string>>(page, 'addresses', 'statusUrl, returnUrl', { kassa });
  assert.match(found.statusUrl ?? '', /^https:\/\/shop\.example\/kassa\/status\/order-128\?sig=/);
  assert.match(found.returnUrl ?? '', /^https:\/\/shop\.example\/kassa\/return\?state=/);
});
