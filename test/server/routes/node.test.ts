/** A web-standard handler behind Node's own server, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { signWebhook, verifyWebhook } from '../../../src/server/gateway/webhooks.ts';
import { type FetchHandler, toNodeHandler } from '../../../src/server/routes/node.ts';

let server: Server;
let shop: string;
let handle: FetchHandler;

before(async () => {
  server = createServer(toNodeHandler((asked) => handle(asked)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  handle = () => Promise.resolve(new Response('hello'));
});

test('method, path, headers and body arrive, and so does the answer', async () => {
  handle = async (asked) => {
    const { pathname, search } = new URL(asked.url);
    const words = [asked.method, pathname, search, asked.headers.get('x-shop'), await asked.text()];
    return new Response(words.join(' '), { status: 201, headers: { 'x-kassa': 'yes' } });
  };
  const response = await fetch(`${shop}/kassa/session?a=1`, {
    method: 'POST',
    headers: { 'x-shop': 'coffee' },
    body: 'é',
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('x-kassa'), 'yes');
  assert.equal(await response.text(), 'POST /kassa/session ?a=1 coffee é');
});

test('an answer may set several cookies, or have no body', async () => {
  handle = () => {
    const headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    return Promise.resolve(new Response(null, { status: 204, headers }));
  };
  const response = await fetch(shop);
  assert.equal(response.status, 204);
  assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
});

test('a handler that throws is a 500, and one that breaks off in its answer is no whole answer', async () => {
  handle = () => Promise.reject(new Error('a fault'));
  assert.equal((await fetch(shop)).status, 500);
  handle = () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"status":')),
      pull: (controller) => controller.error(new Error('a fault')),
    });
    return Promise.resolve(new Response(body));
  };
  await assert.rejects(async () => (await fetch(shop)).text());
  handle = () => Promise.resolve(new Response('still there'));
  assert.equal(await (await fetch(shop)).text(), 'still there');
});

/** An answer that goes on until it is cancelled. */
function endless(): { readonly response: Response; readonly ended: Promise<void> } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(8)),
    cancel: () => end(),
  });
  return { response: new Response(body), ended };
}

test('a client that hangs up ends the answer', async () => {
  const { response, ended } = endless();
  handle = () => Promise.resolve(response);
  const leaving = new AbortController();
  await fetch(shop, { signal: leaving.signal });
  leaving.abort();
  await ended;
});

test('a client that hung up before there was an answer ends it too', async () => {
  const { response, ended } = endless();
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  handle = async ({ signal }) => {
    asked();
    if (!signal.aborted) await once(signal, 'abort');
    return response;
  };
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: shop\r\n\r\n');
  await isAsked;
  socket.destroy();
  await ended;
});

test('an answer is made as fast as the client takes it', async () => {
  let made = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      made += 1;
      controller.enqueue(new Uint8Array(1_048_576));
      if (made === 64) controller.close();
    },
  });
  handle = () => Promise.resolve(new Response(body));
  const response = await fetch(shop);
  await wait(500);
  assert.ok(made < 32, `${made} MB were made for a client that reads nothing`);
  assert.equal((await response.arrayBuffer()).byteLength, 64 * 1_048_576);
});

test('a body that the handler does not want is no fault', async () => {
  handle = async ({ body }) => {
    await body?.cancel();
    return new Response('no, thank you');
  };
  const response = await fetch(shop, { method: 'POST', body: new Uint8Array(1_048_576) });
  assert.equal(await response.text(), 'no, thank you');
});

// F50
test('a body that nobody reads does not pile up, and the connection can be used again', async () => {
  let taken = 0;
  let sent = 0;
  let sentBeforeAnswer = 0;
  handle = async ({ body }) => {
    if (!body) return new Response('the next');
    const reader = body.getReader();
    taken = (await reader.read()).value?.length ?? 0;
    reader.releaseLock();
    // As long as the client needs to send as much as it can.
    await wait(500);
    sentBeforeAnswer = sent;
    return new Response('enough', { status: 413 });
  };
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answers += text));
  const megabyte = new Uint8Array(1_048_576);
  socket.write(`POST / HTTP/1.1\r\nhost: shop\r\ncontent-length: ${64 * megabyte.length}\r\n\r\n`);
  for (; sent < 64; sent += 1) {
    if (!socket.write(megabyte)) await once(socket, 'drain');
  }
  assert.ok(taken > 0);
  assert.ok(sentBeforeAnswer < 32, `${sentBeforeAnswer} MB were taken from the client, and kept`);
  socket.write('GET / HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n');
  await once(socket, 'close');
  assert.deepEqual(answers.match(/^HTTP.*|enough|the next/gm), [
    'HTTP/1.1 413 Payload Too Large',
    'enough',
    'HTTP/1.1 200 OK',
    'the next',
  ]);
});

/** What the server says to these lines, sent as they are. */
async function say(...lines: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.write([...lines, 'connection: close', '', ''].join('\r\n'));
  await once(socket, 'close');
  return answer;
}

// B2
test('a request line or a Host that would name another host is a 400', async () => {
  handle = (asked) => Promise.resolve(new Response(asked.url));
  const hosts = ['shop.example/kassa?', 'a@evil.example', 'evil.example#', 'a b', 'evil.example\\x', ''];
  for (const [target, host] of [
    ['//evil.example/kassa/session', 'shop.example'],
    ['/\\evil.example/kassa/session', 'shop.example'],
    ['http://evil.example/kassa/session', 'shop.example'],
    ['@evil.example/kassa/session', 'shop.example'],
    ['*', 'shop.example'],
    ['///evil.example/kassa/session', 'shop.example'],
    ['/\\/evil.example', 'shop.example'],
    ['http:evil.example/kassa/session', 'shop.example'],
    ['http://shop.example//evil.example/', 'shop.example'],
    ['http://shop.example@evil.example/', 'shop.example'],
    ['http://shop.example.evil.example/', 'shop.example'],
    ['/kassa/session', 'shop.example:99999'],
    ['/kassa/session', '[::1'],
    ...hosts.map((name) => ['/kassa/session', name] as const),
  ] as const) {
    const answer = await say(`POST ${target} HTTP/1.1`, `host: ${host}`, 'content-length: 0');
    assert.match(answer, /^HTTP\/1\.1 400 /, `${target} at ${host}`);
  }
  for (const [target, url] of [
    ['/kassa/session//x', 'http://shop.example/kassa/session//x'],
    ['http://shop.example/kassa/session', 'http://shop.example/kassa/session'],
    ['HTTP://Shop.Example/kassa/session', 'http://shop.example/kassa/session'],
    ['https://shop.example/kassa/session', 'http://shop.example/kassa/session'],
    ['/kassa?next=//evil.example', 'http://shop.example/kassa?next=//evil.example'],
  ] as const) {
    assert.match(
      await say(`GET ${target} HTTP/1.1`, 'host: shop.example'),
      new RegExp(`${url.replace('?', '\\?')}\\b`),
    );
  }
});

describe('a body that was read before', () => {
  const take = async (incoming: IncomingMessage): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  /** A server whose parser reads the body first and leaves this of it. */
  async function posted(kept: (bytes: Buffer) => object, body: string): Promise<string> {
    const handler = toNodeHandler((asked) => handle(asked));
    const parsing = createServer((incoming, outgoing) => {
      void take(incoming).then((bytes) => handler(Object.assign(incoming, kept(bytes)), outgoing));
    });
    await once(parsing.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(parsing.address() as AddressInfo).port}`;
    try {
      return await (await fetch(url, { method: 'POST', body })).text();
    } finally {
      parsing.close();
      parsing.closeAllConnections();
    }
  }
  /** As a test runner's, which makes one for each file. */
  const ofAnotherRealm = (bytes: Buffer): unknown => runInNewContext('Uint8Array.from(bytes)', { bytes });
  const told = async (asked: Request): Promise<Response> =>
    new Response(await asked.text().catch((error: unknown) => String(error)));

  // B3
  test('is what the framework kept of it: bytes as they came, or the parsed value written again', async () => {
    handle = told;
    const body = '{ "flow": "deposit" }';
    assert.equal(await posted((bytes) => ({ rawBody: bytes, body: { flow: 'deposit' } }), body), body);
    assert.equal(await posted((bytes) => ({ body: bytes }), body), body);
    assert.equal(await posted((bytes) => ({ body: bytes.toString() }), body), body);
    assert.equal(await posted((bytes) => ({ body: ofAnotherRealm(bytes) }), body), body);
    assert.equal(
      await posted((bytes) => ({ body: JSON.parse(bytes.toString()) as unknown }), body),
      '{"flow":"deposit"}',
    );
    assert.equal(await posted(() => ({}), ''), '');
  });

  test('is an error at once where nothing was kept', async () => {
    handle = told;
    assert.match(await posted(() => ({}), '{}'), /BodyError: The body was read before/);
  });

  test('verifies only as bytes: a value written again is never taken for what was signed', async () => {
    // The compact form, so that writing it again gives the very bytes that were signed.
    const body = JSON.stringify({
      transaction_id: 't',
      user_id: '1',
      tracking_id: 'o-1',
      status: 'successful',
      currency: 'EUR',
      amount: '10.05',
      transaction_type: 'deposit',
    });
    const signature = await signWebhook(body, 'password');
    handle = async (asked) =>
      new Response(
        await verifyWebhook(asked, signature, 'password').then(({ trackingId }) => trackingId, String),
      );
    assert.equal(await posted((bytes) => ({ rawBody: bytes, body: {} }), body), 'o-1');
    assert.match(
      await posted((bytes) => ({ body: JSON.parse(bytes.toString()) as unknown }), body),
      /was parsed before verification/,
    );
  });
});
