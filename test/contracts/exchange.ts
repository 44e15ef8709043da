/** What every way to the network promises: whole answers in time or an error, nothing followed, nothing sent twice. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Exchange, LateError, type Outgoing } from '../../src/server/http/exchange.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../fixtures/certificate.ts';
import { PATIENCE_MS } from '../patience.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Of the client's end: one for each connection. */
  readonly port: number | undefined;
}

/** Long enough for a connection on a busy machine, short enough to wait for. */
const SHORT_MS = 300;
const MEBIBYTE = 1_048_576;

export function exchangeContract(name: string, exchange: Exchange): void {
  describe(name, () => {
    const seen: Seen[] = [];
    let answer: Answer = (_request, response) => response.end();
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { method = '', url = '', headers, socket } = request;
        seen.push({ method, url, headers, body, port: socket.remotePort });
        answer(request, response);
      });
    };
    const plain = createServer(listener);
    const secure = createSecureServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, listener);
    const portOf = (server: Server): number => (server.address() as AddressInfo).port;
    const ask = (more: Partial<Outgoing> = {}) =>
      exchange({
        method: 'GET',
        url: new URL(`http://127.0.0.1:${portOf(plain)}/path?a=1`),
        headers: { 'x-api-key': 'dev_1' },
        timeoutMs: PATIENCE_MS,
        repeatable: false,
        ...more,
      });
    const codeOf = (error: unknown): unknown => {
      const { cause = {}, code } = error as {
        readonly cause?: { readonly code?: string };
        readonly code?: string;
      };
      return code ?? cause.code;
    };

    before(async () => {
      for (const server of [plain, secure]) {
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      }
    });
    after(() => {
      for (const server of [plain, secure]) {
        server.close();
        server.closeAllConnections();
      }
    });
    beforeEach(() => {
      seen.length = 0;
    });

    test('sends method, path, headers and body, and reads status, headers and text', async () => {
      answer = (_request, response) => response.writeHead(418, { 'Retry-After': '7' }).end('{"ä":1}');
      const body = JSON.stringify({ note: '✓' });
      const { status, headers, text } = await ask({ method: 'POST', body });
      assert.deepEqual([status, headers.get('retry-after'), text], [418, '7', '{"ä":1}']);
      assert.equal(headers.get('x-none'), null);
      const [request] = seen;
      assert.equal(`${request?.method} ${request?.url} ${request?.body}`, `POST /path?a=1 ${body}`);
      assert.equal(request?.headers['x-api-key'], 'dev_1');
      assert.equal(request.headers['content-length'], String(Buffer.byteLength(body)));
      assert.equal(request.headers.host, `127.0.0.1:${portOf(plain)}`);
    });

    test('says how long a body is, also of one that is empty, and nothing of one that is not there', async () => {
      answer = (_request, response) => response.end('{}');
      for (const method of ['GET', 'DELETE', 'POST', 'PATCH']) await ask({ method });
      await ask({ method: 'DELETE', body: '{}' });
      const lengths = seen.map(({ method, headers, body }) => [method, headers['content-length'], body]);
      assert.deepEqual(lengths, [
        ['GET', undefined, ''],
        ['DELETE', undefined, ''],
        ['POST', '0', ''],
        ['PATCH', '0', ''],
        ['DELETE', '2', '{}'],
      ]);
      assert.ok(seen.every(({ headers }) => headers['transfer-encoding'] === undefined));
    });

    test('reaches an address of IPv6', async (t) => {
      const there = createServer(listener);
      t.after(() => there.close().closeAllConnections());
      const isThere = await new Promise<boolean>((resolve) => {
        there.on('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
      });
      if (!isThere) {
        t.skip('this machine has no IPv6');
        return;
      }
      answer = (_request, response) => response.end('{}');
      await ask({ url: new URL(`http://[::1]:${portOf(there)}/path`) });
      assert.equal(seen[0]?.headers.host, `[::1]:${portOf(there)}`);
    });

    test('refuses a header that would break out of its line', async () => {
      await assert.rejects(ask({ headers: { 'x-api-key': 'dev_1\r\nx-more: 1' } }));
      assert.equal(seen.length, 0);
    });

    test('keeps its connection for the next request', async () => {
      answer = (_request, response) => response.end('{}');
      for (let count = 0; count < 5; count += 1) await ask();
      // fetch may open a second one when it is asked again in the same breath.
      assert.ok(new Set(seen.map(({ port }) => port)).size <= 2);
    });

    test('follows no redirect: it would carry the key to another place', async () => {
      answer = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end();
      assert.equal((await ask()).status, 302);
      assert.equal(seen.length, 1);
    });

    for (const [encoding, pack] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const) {
      test(`unpacks ${encoding}, and never more than 1 MiB of it`, async () => {
        const answered = (text: string): Answer => {
          const packed = pack(text);
          return (_request, response) =>
            response.writeHead(200, { 'content-encoding': encoding }).end(packed);
        };
        answer = answered('{"packed":true}');
        assert.equal((await ask()).text, '{"packed":true}');
        answer = answered('x'.repeat(2 * MEBIBYTE));
        await assert.rejects(ask());
      });
    }

    test('reads a whole mebibyte in pieces, and stops at the first byte more', async () => {
      answer = (_request, response) => {
        for (let piece = 0; piece < 16; piece += 1) response.write('x'.repeat(MEBIBYTE / 16));
        response.end();
      };
      assert.equal((await ask()).text.length, MEBIBYTE);
      answer = (_request, response) => response.end('x'.repeat(MEBIBYTE + 1));
      await assert.rejects(ask(), RangeError);
    });

    // F10
    test('an answer that never comes, or never ends, is late', async () => {
      answer = () => undefined;
      await assert.rejects(ask({ timeoutMs: SHORT_MS }), LateError);
      answer = (_request, response) => {
        const dripping = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(dripping));
      };
      await assert.rejects(ask({ timeoutMs: SHORT_MS }), LateError);
    });

    test('a request that is called off says why, before and while it is under way', async () => {
      const reason = new Error('not wanted any more');
      await assert.rejects(ask({ signal: AbortSignal.abort(reason) }), reason);
      assert.equal(seen.length, 0);
      const controller = new AbortController();
      answer = () => controller.abort(reason);
      await assert.rejects(ask({ signal: controller.signal }), reason);
    });

    test('nobody there is said by its code', async () => {
      const gone = createServer();
      await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
      const url = new URL(`http://127.0.0.1:${portOf(gone)}/`);
      await new Promise((resolve) => gone.close(resolve));
      await assert.rejects(ask({ url }), (error) => {
        assert.equal(codeOf(error), 'ECONNREFUSED');
        return true;
      });
    });

    // F12: half an answer is none, whoever promised how much of it.
    for (const [what, half] of [
      ['before its first byte', (request) => request.socket.destroy()],
      [
        'in the middle of a length that it promised',
        ({ socket }, response) => {
          response
            .writeHead(200, { 'content-length': '100' })
            .write('{"token":"abc"}', () => socket.destroy());
        },
      ],
      [
        'in the middle of pieces',
        ({ socket }, response) => {
          response.write('{"token":"abc"}', () => socket.destroy());
        },
      ],
    ] as const satisfies readonly (readonly [string, Answer])[]) {
      test(`an answer that breaks off ${what} is an error, and is asked for once`, async () => {
        answer = half;
        await assert.rejects(ask({ method: 'POST', body: '{}' }), (error) => !(error instanceof LateError));
        assert.equal(seen.length, 1);
      });
    }

    // The worst moment for money: the server may have done it, and says nothing.
    test('what must not be repeated is sent once over a kept connection that dies under it', async () => {
      answer = (_request, response) => response.end('{}');
      await ask();
      answer = (request) => request.socket.destroy();
      await assert.rejects(ask({ method: 'POST', body: '{}' }));
      assert.equal(seen.length, 2);
    });

    test('a certificate that nobody vouches for is refused', async () => {
      await assert.rejects(ask({ url: new URL(`https://localhost:${portOf(secure)}/`) }), (error) => {
        assert.equal(codeOf(error), 'DEPTH_ZERO_SELF_SIGNED_CERT');
        return true;
      });
      assert.equal(seen.length, 0);
    });
  });
}
