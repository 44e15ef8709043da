/**
 * What a webhook and a question for the status take while more orders are stored, in memory and in PostgreSQL, beside a
 * map and a table with one key that the same verified webhook is written to. One after the other, at orders of chance.
 */
import postgres from 'postgres';
import { startPostgres } from '../test/postgres.ts';
import type { OrderBook } from '../src/server/orders/book.ts';
import { opened, type Order } from '../src/server/orders/order.ts';
import { grow, type Measured } from './growth.ts';
import { publishedPostgres, publishedServer, type Server } from './published.ts';
import { type Bench, tell } from './report.ts';
import { webhookBody } from './shop.ts';

const SIZES = [1, 1_000, Number(process.env.BENCH_ORDERS ?? 100_000)];
/** Orders of one measurement; each gets two webhooks and a question. */
const SAMPLE = 32;
const PASSWORD = 'spg_test_kassa_0001';
const SHOP = 'http://127.0.0.1';

/** Something that holds orders, and is asked as a shop's server is. */
interface Held {
  /** As it was before anything was said of it. */
  reset(id: string): Promise<unknown>;
  webhook(request: Request): Promise<Response>;
  /** The question, as it can be sent. */
  question(id: string): Promise<() => Promise<Response>>;
}
type Hold = (size: number) => Promise<Held>;

const idOf = (at: number): string => `order-${at}`;

function freshOrder(id: string): Order {
  const at = Date.now();
  const terms = { direction: 'deposit', amount: '10.05', currency: 'EUR', userId: '128' } as const;
  return opened(undefined, id, terms, { by: 'token', flow: 'deposit', at, until: at + 1_800_000 });
}

type Measures = 'webhook' | 'status';

async function ask(call: Promise<Response>): Promise<string> {
  const response = await call;
  const text = await response.text();
  if (!response.ok) throw new Error(`The shop answered ${response.status}: ${text}`);
  return text;
}

async function sample(
  { random }: Bench,
  { signWebhook }: Server,
  held: Held,
  size: number,
): Promise<Measured<Measures>> {
  let [webhookMs, statusMs] = [0, 0];
  for (let count = 0; count < SAMPLE; count += 1) {
    const id = idOf(Math.floor(random() * size));
    await held.reset(id);
    const requests: Request[] = [];
    for (const status of ['pending', 'successful']) {
      const body = webhookBody(id, status);
      const headers = { 'x-signature': await signWebhook(body, PASSWORD) };
      requests.push(new Request(`${SHOP}/kassa/webhook`, { method: 'POST', body, headers }));
    }
    const question = await held.question(id);
    const startedAt = performance.now();
    for (const request of requests) await ask(held.webhook(request));
    const askedAt = performance.now();
    const told = await ask(question());
    statusMs += performance.now() - askedAt;
    webhookMs += askedAt - startedAt;
    if (!told.includes('succe')) throw new Error(`${id} is not paid: ${told}`);
  }
  return { webhook: (webhookMs * 1_000) / SAMPLE / 2, status: (statusMs * 1_000) / SAMPLE };
}

/** Kassa's routes over a book of either kind. */
function kassaOver<Tx>(server: Server, book: OrderBook<Tx>): Held {
  const gateway = server.createGateway({
    apiKey: 'dev_kassa_0001',
    // Never asked: the end of each order is in the book.
    baseUrl: 'http://127.0.0.1:9',
    signaturePassword: PASSWORD,
  });
  const kassa = server.createKassa<Tx>({ gateway, book, order: () => null });
  return {
    reset: (id) => book.change(id, () => Promise.resolve({ order: freshOrder(id), result: undefined })),
    webhook: (request) => kassa.fetch(request),
    async question(id) {
      const { statusUrl } = await kassa.addresses(id, SHOP);
      const request = new Request(new URL(statusUrl, SHOP));
      return () => kassa.fetch(request);
    },
  };
}

/** A verified webhook is all that is kept of an order. */
function bareOver(
  { verifyWebhook }: Server,
  write: (id: string, body: object) => Promise<unknown>,
  read: (id: string) => Promise<unknown>,
): Held {
  return {
    reset: (id) => write(id, freshOrder(id)),
    async webhook(request) {
      const { raw, trackingId } = await verifyWebhook(request, undefined, PASSWORD);
      await write(trackingId, raw);
      return Response.json({ received: true });
    },
    question: (id) => Promise.resolve(() => read(id).then((body) => Response.json(body))),
  };
}

const inMemory = (server: Server): Readonly<Record<string, Hold>> => ({
  'bare Map'(size) {
    const kept = new Map<string, object>();
    for (let at = 0; at < size; at += 1) kept.set(idOf(at), freshOrder(idOf(at)));
    return Promise.resolve(
      bareOver(
        server,
        (id, body) => Promise.resolve(kept.set(id, body)),
        (id) => Promise.resolve(kept.get(id)),
      ),
    );
  },
  async kassa(size) {
    const held = kassaOver(server, server.createMemoryBook({ maxOrders: 2 * size }));
    for (let at = 0; at < size; at += 1) await held.reset(idOf(at));
    return held;
  },
});

/** In databases of their own, filled by the database, and counted by it as its own schedule does. */
async function inPostgres(
  server: Server,
  connect: (size: number) => Promise<postgres.Sql>,
): Promise<Readonly<Record<string, Hold>>> {
  const { createPostgresBook, migrate } = await publishedPostgres();
  const fill = async (sql: postgres.Sql, size: number, into: string): Promise<void> => {
    const { version, ...order } = freshOrder('ORDER');
    const openUntil = version + 9_000_000;
    await sql.unsafe(
      `insert into ${into}
       select 'order-' || at, $1::bigint, $1::bigint, $2::bigint, replace($3::text, 'ORDER', 'order-' || at)::json
       from generate_series(0, $4::int - 1) as at`,
      [version, openUntil, JSON.stringify({ ...order, version }), size],
    );
    await sql.unsafe(`vacuum analyze ${into}`);
  };
  return {
    async 'bare table'(size) {
      const sql = await connect(size);
      await sql`create table bare (key text primary key, a bigint, b bigint, c bigint, body json)`;
      await fill(sql, size, 'bare');
      return bareOver(
        server,
        (id, body) => sql`insert into bare (key, body) values (${id}, ${sql.json(body as never)})
          on conflict (key) do update set body = excluded.body`,
        (id) => sql`select body from bare where key = ${id}`,
      );
    },
    async kassa(size) {
      const sql = await connect(size);
      await migrate(sql);
      await fill(sql, size, 'kassa.orders');
      return kassaOver(server, createPostgresBook(sql));
    },
  };
}

async function growIn(
  bench: Bench,
  server: Server,
  place: string,
  holds: Readonly<Record<string, Hold>>,
  goals: Measured<Measures>,
): Promise<void> {
  const held = new Map<string, Held>();
  for (const [name, hold] of Object.entries(holds)) {
    for (const size of SIZES) {
      tell(`orders in ${place}: ${name} gets ${size}`);
      held.set(`${name} ${size}`, await hold(size));
    }
  }
  await grow(
    bench,
    {
      name: `orders in ${place}`,
      scale: 'log',
      of: 'orders',
      sizes: SIZES,
      measures: {
        webhook: { name: 'a webhook', unit: 'µs' },
        status: { name: 'a question for the status', unit: 'µs' },
      },
    },
    Object.keys(holds).map((name) => ({
      name,
      measure: (size) => {
        const asked = held.get(`${name} ${size}`);
        if (!asked) throw new TypeError(`${name} has no ${size} orders.`);
        return sample(bench, server, asked, size);
      },
      ...(name === 'kassa' && { goals }),
    })),
  );
}

export async function growOrders(bench: Bench): Promise<void> {
  const server = await publishedServer();
  await growIn(bench, server, 'memory', inMemory(server), { webhook: 10, status: 5 });
  const database = await startPostgres();
  const clients: postgres.Sql[] = [];
  const client = (url: string): postgres.Sql => {
    const sql = postgres(url, { max: 2, onnotice: () => undefined });
    clients.push(sql);
    return sql;
  };
  try {
    const admin = client(database.url);
    const connect = async (size: number): Promise<postgres.Sql> => {
      const url = new URL(database.url);
      url.pathname = `/orders_${clients.length}_${size}`;
      await admin.unsafe(`create database ${url.pathname.slice(1)}`);
      return client(url.href);
    };
    const holds = await inPostgres(server, connect);
    await growIn(bench, server, 'PostgreSQL', holds, { webhook: 100, status: 50 });
  } finally {
    await Promise.all(clients.map((sql) => sql.end({ timeout: 2 })));
    await database.stop();
  }
}
