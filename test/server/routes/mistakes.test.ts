/** What is commonly set up wrongly: the client gets an answer at once, and the shop hears what was seen and what to write. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { WebhookError } from '../../../src/server/errors.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import { toNodeHandler } from '../../../src/server/routes/node.ts';
import { PASSWORD, startTestSandbox } from '../../sandbox/running.ts';
import { refusalOf, SHOP, shopOf } from './shop.ts';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());

interface Told extends Error {
  readonly code?: string;
  readonly hint?: string;
}

const onlyOne = ([error, ...others]: readonly unknown[]): Told => {
  assert.ok(error instanceof Error, String(error));
  assert.deepEqual(others, []);
  return error;
};

const BODY = JSON.stringify({
  transaction_id: 't',
  user_id: '128',
  tracking_id: 'mistaken',
  status: 'successful',
  currency: 'EUR',
  amount: '10.05',
  transaction_type: 'deposit',
});

describe('a webhook that is refused', () => {
  for (const [what, body, signature, status, code, cure] of [
    ['without a signature', BODY, undefined, 401, 'missing-signature', /a proxy drops the header/],
    ['with another password', BODY, signWebhook(BODY, 'other'), 401, 'wrong-signature', /signaturePassword/],
    ['that is signed and no JSON', 'paid', signWebhook('paid', PASSWORD), 400, 'invalid-payload', /portal/],
    ['that is signed and says nothing', '{}', signWebhook('{}', PASSWORD), 400, 'invalid-payload', /portal/],
  ] as const) {
    test(`${what} is a ${status}, and the shop hears why`, async () => {
      const { kassa, errors } = shopOf(sandbox, 'mistaken');
      const signed = await signature;
      const response = await kassa.fetch(
        new Request(`${SHOP}/kassa/webhook`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', ...(signed && { 'x-signature': signed }) },
        }),
      );
      const refusal = await refusalOf(response);
      assert.deepEqual([refusal.status, refusal.error.code], [status, code]);
      const error = onlyOne(errors);
      assert.ok(error instanceof WebhookError);
      assert.equal(error.code, code);
      assert.match(error.hint, cure);
      assert.ok(!`${error.message} ${error.hint}`.includes(PASSWORD));
    });
  }
});

describe('a body that somebody read before', () => {
  /** A server whose parser takes the body first, and keeps this of it. */
  async function posted(
    path: 'session' | 'webhook',
    keep: (bytes: Buffer) => object,
  ): Promise<{
    readonly status: number;
    readonly code: string | undefined;
    readonly told: readonly unknown[];
  }> {
    const shop = shopOf(sandbox, `read before: ${path} ${keep.name}`, { origin: SHOP });
    const handle = toNodeHandler(shop.kassa.fetch);
    const server = createServer((incoming: IncomingMessage, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => handle(Object.assign(incoming, keep(Buffer.concat(chunks))), outgoing));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const body = path === 'session' ? '{"flow":"deposit"}' : BODY;
      const response = await fetch(`http://127.0.0.1:${port}/kassa/${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-signature': await signWebhook(body, PASSWORD) },
      });
      const answer = (await response.json()) as { readonly error?: { readonly code: string } };
      return { status: response.status, code: answer.error?.code, told: shop.errors };
    } finally {
      server.close();
      server.closeAllConnections();
    }
  }
  const parsed = (bytes: Buffer): object => ({ body: JSON.parse(bytes.toString()) as unknown });
  const parsedWithBytes = (bytes: Buffer): object => ({ ...parsed(bytes), rawBody: bytes });
  const asBytes = (bytes: Buffer): object => ({ body: bytes });
  const asText = (bytes: Buffer): object => ({ body: bytes.toString() });
  const nothing = (): object => ({});

  // B3
  for (const keep of [parsed, parsedWithBytes, asBytes, asText]) {
    test(`opens a session where something was kept: ${keep.name}`, async () => {
      assert.deepEqual(await posted('session', keep), { status: 200, code: undefined, told: [] });
    });
  }

  test('is a webhook where its bytes were kept', async () => {
    for (const keep of [parsedWithBytes, asBytes, asText]) {
      assert.equal((await posted('webhook', keep)).status, 200, keep.name);
    }
  });

  test('is a 500 at once otherwise, and the shop is told each framework’s line', async () => {
    for (const [path, keep, code] of [
      ['webhook', parsed, 'already-parsed'],
      ['webhook', nothing, 'already-parsed'],
      ['session', nothing, 'body-already-read'],
    ] as const) {
      const { status, told } = await posted(path, keep);
      assert.equal(status, 500);
      const error = onlyOne(told);
      assert.equal(error.code, code);
      for (const line of [
        'app.use("/kassa", toNodeHandler(kassa.fetch))',
        'app.register(kassaFastify(kassa))',
        'NestFactory.create(App, { rawBody: true })',
        'export const config = { api: { bodyParser: false } }',
      ]) {
        assert.ok(error.hint?.includes(line), line);
      }
    }
  });
});

// B1
test('a page of another host is refused by both names, to the page and to the shop', async () => {
  const shop = shopOf(sandbox, 'foreign');
  const refusal = await refusalOf(await shop.open(undefined, { origin: 'https://www.shop.example' }));
  const error = onlyOne(shop.errors);
  for (const said of [error.message, refusal.error.message]) {
    assert.match(said, /https:\/\/www\.shop\.example; .* the host shop\.example\.$/);
  }
  assert.match(error.hint ?? '', /write createKassa\(\{ origin: 'https:\/\/www\.shop\.example' \}\)/);
});
