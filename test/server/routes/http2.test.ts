/** `toNodeHandler` on HTTP/2, by Node's compatibility API: in the clear, as behind a proxy, and over TLS, as browsers speak it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import * as http2 from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import { type FetchHandler, toNodeHandler } from '../../../src/server/routes/node.ts';
import type { Session } from '../../../src/wire/session.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../fixtures/certificate.ts';
import { until } from '../../patience.ts';
import { PASSWORD, startTestSandbox } from '../../sandbox/running.ts';
import { shopOf } from './shop.ts';

const TLS = { cert: CERTIFICATE, key: CERTIFICATE_KEY, allowHTTP1: true };

/** A server, and a client on one connection to it, until the test is over. */
async function connected(context: TestContext, scheme: 'http' | 'https', handle: FetchHandler) {
  const answer = toNodeHandler(handle);
  const server = scheme === 'https' ? http2.createSecureServer(TLS, answer) : http2.createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
  const client = http2.connect(origin.replace('localhost', '127.0.0.1'), {
    ca: CERTIFICATE,
    servername: 'localhost',
  });
  const ask = (headers: http2.OutgoingHttpHeaders, body = ''): http2.ClientHttp2Stream => {
    const stream = client.request({ ':authority': new URL(origin).host, ...headers }, { endStream: false });
    return stream.setEncoding('utf8').end(body);
  };
  const exchange = async (headers: http2.OutgoingHttpHeaders, body?: string) => {
    const stream = ask(headers, body);
    const response = once(stream, 'response') as Promise<[http2.IncomingHttpHeaders]>;
    const [[answer], said] = await Promise.all([response, text(stream)]);
    return { headers: answer, said };
  };
  context.after(() => {
    client.destroy();
    server.close();
  });
  return { origin, ask, exchange };
}

for (const scheme of ['http', 'https'] as const) {
  test(`HTTP/2 over ${scheme} has the same requests and answers`, async (context) => {
    const { origin, exchange } = await connected(
      context,
      scheme,
      async (asked) =>
        new Response(`${asked.method} ${asked.url} ${await asked.text()}`, {
          status: 201,
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
            ['connection', 'close'],
          ],
        }),
    );
    const { headers, said } = await exchange({ ':method': 'POST', ':path': '/kassa/session?a=1' }, 'é');
    assert.deepEqual([headers[':status'], headers['set-cookie']], [201, ['a=1', 'b=2']]);
    assert.equal(said, `POST ${origin}/kassa/session?a=1 é`);
    const evil = await exchange({ ':path': '//evil.example/' });
    assert.equal(evil.headers[':status'], 400);
  });

  test(`a client that leaves an answer over ${scheme} ends it`, async (context) => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const { ask } = await connected(context, scheme, () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new Uint8Array(8)),
        cancel: () => end(),
      });
      return Promise.resolve(new Response(body));
    });
    const stream = ask({ ':path': '/' });
    await once(stream, 'data');
    stream.close();
    await ended;
  });
}

describe('a shop on HTTP/2 over TLS', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox.close());

  test('opens a session, takes the webhook, and tells it on the stream that is open', async (context) => {
    const { kassa } = shopOf(sandbox, 'over-tls');
    const { origin, ask, exchange } = await connected(context, 'https', kassa.fetch);
    const opened = await exchange(
      { ':method': 'POST', ':path': '/kassa/session', 'content-type': 'application/json', origin },
      '{"flow":"deposit"}',
    );
    assert.equal(opened.headers[':status'], 200, opened.said);
    const { statusUrl = '' } = JSON.parse(opened.said) as Session;
    assert.ok(statusUrl.startsWith(`${origin}/kassa/status/`), statusUrl);

    let told = '';
    const stream = ask({ ':path': statusUrl.slice(origin.length), accept: 'text/event-stream' });
    stream.on('data', (chunk: string) => (told += chunk));
    await until(() => told.includes('retry:'), 'an open stream');
    const body = JSON.stringify({
      transaction_id: 't-1',
      user_id: '128',
      tracking_id: 'over-tls',
      status: 'successful',
      currency: 'EUR',
      amount: '10.05',
      transaction_type: 'deposit',
    });
    const webhook = { ':method': 'POST', ':path': '/kassa/webhook' };
    const taken = await exchange({ ...webhook, 'x-signature': await signWebhook(body, PASSWORD) }, body);
    assert.equal(taken.headers[':status'], 200, taken.said);
    await until(() => told.includes('"succeeded"'), 'the stream says it');
  });

  test('and the browser that knows HTTP/1 alone is answered by the same server', async (context) => {
    const { kassa } = shopOf(sandbox, 'over-tls-1');
    const { origin } = await connected(context, 'https', kassa.fetch);
    const asked = httpsRequest(`${origin}/kassa/session`, {
      method: 'POST',
      ca: CERTIFICATE,
      headers: { 'content-type': 'application/json', origin },
      agent: false,
    }).end('{"flow":"deposit"}');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const said = await text(answer);
    assert.deepEqual([answer.statusCode, answer.httpVersion], [200, '1.1'], said);
  });
});
