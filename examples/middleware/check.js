/** Each setup behind a real socket: a session, a webhook, and a status stream that must not be held back. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createGateway, createKassa, signWebhook } from 'kassa/server';
import { SETUPS } from './setups.js';

const PASSWORD = 'spg_test_kassa_0001';
const gateway = createGateway({
  apiKey: 'dev_kassa_0001',
  baseUrl: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4010/gateway',
  signaturePassword: PASSWORD,
});
const BUYER = {
  userId: '128',
  ip: '203.0.113.7',
  customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
};
/** Only what hangs takes so long. */
const PATIENCE_MS = 20_000;

async function tryOne(setup) {
  const told = [];
  const kassa = createKassa({
    gateway,
    order: () => ({ ...BUYER, amount: '10.05', currency: 'EUR' }),
    onMismatch: () => undefined,
    onError: (error) => told.push(error.code),
  });
  const server = createServer(await setup.app(kassa));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const shop = `http://127.0.0.1:${server.address().port}`;
  try {
    return await visit(shop, setup, told);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function visit(shop, { session, webhook }, told) {
  const opened = await post(`${shop}/kassa/session`, '{"flow":"deposit"}');
  if (session !== undefined) {
    // Nothing of the body was left: said at once, with the cure.
    return opened.status === 500 && told.join() === session ? '' : said('session', opened, told);
  }
  if (opened.status !== 200) return said('session', opened, told);
  const { statusUrl, trackingId } = await opened.json();
  const stream = await firstOf(statusUrl);
  if (stream !== 'plain') return `the stream is ${stream}`;
  const body = JSON.stringify({
    transaction_id: 't-1',
    user_id: '128',
    tracking_id: trackingId,
    status: 'successful',
    currency: 'EUR',
    amount: '10.05',
    transaction_type: 'deposit',
  });
  const delivered = await post(`${shop}/kassa/webhook`, body, await signWebhook(body, PASSWORD));
  const wanted = webhook === 'taken' ? [200, ''] : [500, webhook];
  return delivered.status === wanted[0] && told.join() === wanted[1] ? '' : said('webhook', delivered, told);
}

const post = (url, body, signature) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(signature && { 'x-signature': signature }) },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const said = (what, { status }, told) => `${what}: ${status}, told [${told.join()}]`;

/** A stream that is compressed is one that is held back until a block is full. */
async function firstOf(url) {
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const headers = { accept: 'text/event-stream', 'accept-encoding': 'br, gzip' };
  const { body, headers: got } = await fetch(url, { headers, signal });
  let text = '';
  for await (const chunk of body) {
    text += new TextDecoder().decode(chunk);
    if (text.includes('retry:')) break;
  }
  leaving.abort();
  return got.get('content-encoding') ?? 'plain';
}

for (const [name, setup] of Object.entries(SETUPS)) {
  const fault = await tryOne(setup).catch(String);
  console.log(`${fault === '' ? 'ok    ' : 'FAILED'} ${name}${fault === '' ? '' : `: ${fault}`}`);
  if (fault !== '') process.exitCode = 1;
}
