/** One instance of the shop, as a process: the routes over the order book in PostgreSQL, and a handler that often fails. */
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBook } from 'kassa/postgres';
import { createGateway, createKassa, toNodeHandler } from 'kassa/server';
import postgres from 'postgres';
import { orderOf } from './lives.ts';

const { DATABASE_URL = '', GATEWAY_URL = '', PORT = '0', FAILING = '0' } = process.env;
/** Of those that fail, so many say nothing at all until their time is spent. */
const HANGING = 0.01;
const HANDLER_TIMEOUT_MS = 1_500;

const sql = postgres(DATABASE_URL, {
  max: 10,
  connect_timeout: 5,
  // As docs/production.md advises: by itself the library waits up to 20 s after an outage that it met often.
  backoff: () => 0.1,
  onnotice: () => undefined,
});

async function failSometimes(signal: AbortSignal): Promise<void> {
  const drawn = Math.random() / Number(FAILING);
  if (drawn >= 1) return;
  if (drawn < HANGING) await pause(HANDLER_TIMEOUT_MS * 3, undefined, { signal });
  throw new Error('the warehouse is closed');
}

const kassa = createKassa({
  gateway: createGateway({
    apiKey: 'dev_kassa_0001',
    baseUrl: GATEWAY_URL,
    signaturePassword: 'spg_test_kassa_0001',
  }),
  book: createPostgresBook(sql),
  handlerTimeoutMs: HANDLER_TIMEOUT_MS,
  order: (request) => orderOf(request.headers.get('x-order') ?? ''),
  // The effect is written first, so that a failure has something to leave behind.
  onStatus: async ({ trackingId, transactionId, rawStatus, amount, type }, { tx, signal }) => {
    await tx`insert into effects ${sql({ tracking_id: trackingId, transaction_id: transactionId, word: rawStatus, amount, type })}`;
    await failSometimes(signal);
  },
  onMismatch: async ({ trackingId, transactionId, rawStatus, amount, type }, _order, { tx, signal }) => {
    await tx`insert into mismatches ${sql({ tracking_id: trackingId, transaction_id: transactionId, word: rawStatus, amount, type })}`;
    await failSometimes(signal);
  },
  onError: () => undefined,
});

const handle = toNodeHandler(kassa.fetch);
createServer((request, response) => {
  // What the page's address is, whoever stands between.
  request.headers.host = request.headers['x-forwarded-host']?.toString() ?? request.headers.host;
  handle(request, response);
}).listen(Number(PORT), '127.0.0.1', () => console.log('ready'));
