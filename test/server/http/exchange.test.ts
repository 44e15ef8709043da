/** The two ways to the network, by one contract; and what only the way of Node does. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import buffer from 'node:buffer';
import http, { createServer } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { createGateway } from '../../../src/server/gateway/client.ts';
import { fetchExchange } from '../../../src/server/http/exchange.ts';
import { nodeExchange } from '../../../src/server/http/node-exchange.ts';
import { exchangeContract } from '../../contracts/exchange.ts';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../fixtures/certificate.ts';
import { PATIENCE_MS } from '../../patience.ts';

exchangeContract('by fetch', fetchExchange(globalThis.fetch));
exchangeContract('by node:http', nodeExchange({ buffer, http, https, zlib }));

test('a read is sent again at once when the kept connection had been dropped', async () => {
  let asked = 0;
  const server = createServer(({ socket }, response) => {
    asked += 1;
    if (asked === 2) socket.destroy();
    else response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const exchange = nodeExchange({ buffer, http, https, zlib });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const read = { method: 'GET', url, headers: {}, timeoutMs: PATIENCE_MS, repeatable: true } as const;
  await exchange(read);
  assert.equal((await exchange(read)).status, 200);
  assert.equal(asked, 3);
  server.close();
  server.closeAllConnections();
});

test('in Node a client sends by node:http, until somebody puts another fetch in the place of the global one', async (t) => {
  const agents: unknown[] = [];
  const server = createServer((request, response) => {
    agents.push(request.headers['sec-fetch-mode'] === undefined ? 'node:http' : 'fetch');
    response.end('{"transaction_status":"pending"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gateway = createGateway({
    apiKey: 'dev_1',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signaturePassword: 'spg_test_1',
  });
  await gateway.getStatus({ trackingId: 'a' });
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  globalThis.fetch = (...args) => fetch(...args);
  await gateway.getStatus({ trackingId: 'a' });
  assert.deepEqual(agents, ['node:http', 'fetch']);
  server.close();
  server.closeAllConnections();
});

test('over TLS, where the certificate is trusted, one connection serves all', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kassa-tls-'));
  await writeFile(join(folder, 'ca.pem'), CERTIFICATE);
  const script = `
    import { createServer } from 'node:https';
    import { createGateway } from './src/server/index.ts';
    let connections = 0;
    const server = createServer(${JSON.stringify({ cert: CERTIFICATE, key: CERTIFICATE_KEY })}, (request, response) =>
      response.end('{"transaction_status":"successful"}'));
    server.on('secureConnection', () => (connections += 1));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = 'https://localhost:' + server.address().port;
    const gateway = createGateway({ apiKey: 'dev_1', baseUrl, signaturePassword: 'spg_test_1' });
    for (let count = 0; count < 3; count += 1) await gateway.getStatus({ trackingId: 'a' });
    console.log(connections);
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', script],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } },
  );
  assert.equal(stdout.trim(), '1');
  await rm(folder, { recursive: true });
});
