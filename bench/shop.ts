/** The shop's money on PostgreSQL: the webhook route beside a bare handler, and how soon another instance's pages hear. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPostgresBook, migrate, type PostgresBook } from 'kassa/postgres';
import { createGateway, createKassa, signWebhook, toNodeHandler, verifyWebhook } from 'kassa/server';
import postgres from 'postgres';
import { startPostgres } from '../test/postgres.ts';
import { opened } from '../src/server/orders/order.ts';
import { type Bench, compare } from './report.ts';
import { median } from './statistics.ts';

const PASSWORD = 'spg_test_kassa_0001';
/** Webhooks of one measurement, and how many are under way at once. */
const BATCH = 64;
const AT_ONCE = 8;
const CHANGES = 300;
const STREAMS = 50;

export async function benchShop(bench: Bench): Promise<void> {
  const server = await startPostgres();
  const clients = [0, 1].map(() => postgres(server.url, { max: 10, onnotice: () => undefined }));
  const [here, far] = clients;
  if (!here || !far) return;
  try {
    await migrate(here);
    await here`create table webhooks (id bigserial primary key, tracking_id text, status text, body json)`;
    await benchWebhooks(bench, here);
    await benchStreams(here, far);
  } finally {
    await Promise.all(clients.map((client) => client.end({ timeout: 2 })));
    await server.stop();
  }
}

async function benchWebhooks(bench: Bench, sql: postgres.Sql): Promise<void> {
  const book = createPostgresBook(sql);
  const kassa = createKassa({
    gateway: createGateway({
      apiKey: 'dev_kassa_0001',
      baseUrl: 'http://127.0.0.1:9',
      signaturePassword: PASSWORD,
    }),
    book,
    order: () => null,
  });
  const route = await listen(createServer(toNodeHandler(kassa.fetch)));
  const floor = await listen(
    createServer(
      toNodeHandler(async (request) => {
        const { raw, trackingId, rawStatus } = await verifyWebhook(request, undefined, PASSWORD);
        await sql`insert into webhooks (tracking_id, status, body) values (${trackingId}, ${rawStatus}, ${sql.json(raw as never)})`;
        return Response.json({ received: true });
      }),
    ),
  );
  let orders = 0;
  const batchTo = async (url: string): Promise<number> => {
    const ids = Array.from({ length: BATCH / 2 }, () => `order-${(orders += 1)}`);
    await Promise.all(ids.map((id) => open(book, id)));
    const bodies = ['pending', 'successful'].flatMap((status) => ids.map((id) => webhookBody(id, status)));
    const signed = await Promise.all(
      bodies.map(async (body) => [body, await signWebhook(body, PASSWORD)] as const),
    );
    const queue = signed.values();
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const [body, signature] of queue) {
          const answer = await fetch(url, { method: 'POST', body, headers: { 'x-signature': signature } });
          if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
          await answer.arrayBuffer();
        }
      }),
    );
    return (performance.now() - startedAt) / BATCH;
  };
  await compare(bench, { name: `a webhook on PostgreSQL, ${AT_ONCE} at once`, unit: 'ms' }, [
    { name: 'verified and inserted', measure: () => batchTo(floor.url) },
    // Verified, held against the order, recorded, told.
    { name: 'kassa', measure: () => batchTo(`${route.url}/kassa/webhook`), goal: 2.5 },
  ]);
  route.close();
  floor.close();
  await book.close();
}

/** From the commit at one instance to the listener at another, beside a bare NOTIFY that says nothing. */
async function benchStreams(here: postgres.Sql, far: postgres.Sql): Promise<void> {
  const [watching, changing] = [createPostgresBook(here), createPostgresBook(far)];
  const ids = Array.from({ length: STREAMS }, (_, index) => `stream-${index}`);
  let hear = (_version: number): void => undefined;
  for (const id of ids) {
    await open(changing, id);
    watching.subscribe(id, ({ version }) => hear(version));
  }
  let ping = (): void => undefined;
  await here.listen('bench', () => ping());
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const [streams, bare]: [number[], number[]] = [[], []];
  for (let index = 0; index < CHANGES; index += 1) {
    const id = ids[index % STREAMS] ?? '';
    const heard = new Promise<number>((resolve) => (hear = () => resolve(performance.now())));
    await open(changing, id);
    const committedAt = performance.now();
    streams.push(Math.max(0, (await heard) - committedAt));
    const pinged = new Promise<number>((resolve) => (ping = () => resolve(performance.now())));
    const sentAt = performance.now();
    await Promise.all([far`select pg_notify('bench', '')`, pinged]);
    bare.push((await pinged) - sentAt);
  }
  const p99 = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
  console.log(`\nA change at one instance, heard at another that watches ${STREAMS} orders`);
  console.log(
    `  kassa median ${median(streams).toFixed(2)} ms, p99 ${p99(streams).toFixed(2)} ms after the commit`,
  );
  console.log(
    `  bare NOTIFY median ${median(bare).toFixed(2)} ms, p99 ${p99(bare).toFixed(2)} ms; ratio of p99 ${(p99(streams) / p99(bare)).toFixed(2)}`,
  );
  await Promise.all([watching.close(), changing.close()]);
}

export const webhookBody = (trackingId: string, status: string): string =>
  JSON.stringify({
    transaction_id: `${trackingId}-a`,
    tracking_id: trackingId,
    user_id: '128',
    status,
    currency: 'EUR',
    amount: '10.05',
    transaction_type: 'deposit',
  });

function open(book: PostgresBook<postgres.TransactionSql>, trackingId: string): Promise<undefined> {
  const at = Date.now();
  return book.change(trackingId, (order) =>
    Promise.resolve({
      order: opened(
        order,
        trackingId,
        { direction: 'deposit', amount: '10.05', currency: 'EUR', userId: '128' },
        { by: 'token', flow: 'deposit', at, until: at + 1_800_000 },
      ),
      result: undefined,
    }),
  );
}

async function listen(server: Server): Promise<{ readonly url: string; close(): void }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
