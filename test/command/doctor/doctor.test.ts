/** `kassa doctor` on pages of a real shop, in a real browser and without one. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { bundleShop } from '../../../demo/shop/bundle.ts';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { createKassa } from '../../../src/server/routes/kassa.ts';
import { toNodeHandler } from '../../../src/server/routes/node.ts';
import { findChromium } from '../../chromium.ts';
import { gatewayOf, order, startTestSandbox } from '../../sandbox/running.ts';
import { kassa } from '../kassa.ts';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<script type="module" src="/kassa.js"></script><kassa-cashier session-url="/kassa/session"></kassa-cashier>`;

let sandbox: RunningSandbox;
let server: Server;
let shop: string;
/** By path. */
const headers: Record<string, Readonly<Record<string, string>>> = {};

before(async () => {
  sandbox = await startTestSandbox();
  await sandbox.ready();
  const files = await bundleShop();
  let orders = 0;
  const { fetch: answer } = createKassa({
    gateway: gatewayOf(sandbox, { now: Date.now }),
    order: () => order(`doctor ${(orders += 1)}`),
    onError: () => undefined,
  });
  const routes = toNodeHandler(answer);
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = files.get(path);
    if (path.startsWith('/kassa/')) routes(request, response);
    else if (file) response.setHeader('content-type', file.type).end(file.body);
    else response.writeHead(200, { 'content-type': 'text/html', ...headers[path] }).end(PAGE);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  shop = `http://localhost:${(server.address() as AddressInfo).port}`;
  headers['/good'] = { 'content-security-policy': `default-src 'self'; frame-src ${sandbox.url}` };
  headers['/bad'] = {
    'content-security-policy': "default-src 'self'; frame-src 'none'",
    'permissions-policy': 'payment=()',
  };
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await sandbox.close();
});

interface Report {
  readonly by: string;
  readonly findings: readonly { readonly check: string; readonly level: string; readonly fix: string }[];
}

async function examined(
  path: string,
  ...options: readonly string[]
): Promise<Report & { readonly code: number | null }> {
  const { executablePath, env } = await findChromium();
  const { code, output } = await kassa(['doctor', shop + path, '--json', ...options], {
    env: { ...env, CHROME_PATH: executablePath },
  });
  return { code, ...(JSON.parse(output) as Report) };
}

test('a page that lets the cashier in has nothing to mend', async () => {
  for (const options of [[], ['--no-browser', '--fail-on', 'warning']]) {
    const { code, findings, by } = await examined('/good', ...options);
    assert.deepEqual([code, findings, by], [0, [], options.length > 0 ? 'http' : 'browser']);
  }
});

test('one that keeps it out is told the header to send, and what the browser and the tag said', async () => {
  const policy = `Content-Security-Policy: default-src 'self'; frame-src ${sandbox.url}`;
  const seen = await examined('/bad');
  assert.equal(seen.code, 1);
  assert.ok(seen.findings.some(({ check, fix }) => check === 'csp frame-src' && fix === policy));
  assert.ok(seen.findings.some(({ check, level }) => check === 'csp-blocked' && level === 'error'));
  assert.ok(seen.findings.some(({ check, fix }) => check === 'blocked' && fix.includes('frame-src')));
  const read = await examined('/bad', '--no-browser');
  assert.equal(read.code, 1);
  assert.deepEqual(
    read.findings.map(({ check }) => check),
    ['csp frame-src', 'permissions-policy payment'],
  );
});

test('a shop that is away is said so, for people', async () => {
  const { code, output } = await kassa(['doctor', 'localhost:9/checkout', '--no-browser']);
  assert.equal(code, 1);
  assert.match(output, /^http:\/\/localhost:9\/checkout does not answer\.\n/);
});
