/** What the README shows is what there is: its code runs, its commands are those of package.json. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Hono } from 'hono';
import { readResult, withFigures } from '../../bench/plot.ts';
import { quickStartNames, readQuickStart } from '../../examples/quick-starts.ts';
import type { Kassa } from '../../src/server/routes/kassa.ts';
import { importCode } from '../docs/import-code.ts';
import { PAYOUT } from '../fixtures/nixo-examples.ts';
import { order, PASSWORD, startTestSandbox } from '../sandbox/running.ts';

const readme = await readFile('README.md', 'utf8');
const lines = readme.split('\n');

test('the first code stands within twelve lines, the whole within 180', () => {
  assert.ok(lines.findIndex((line) => line.startsWith('```')) < 12);
  assert.ok(lines.length <= 180, `${lines.length} lines`);
});

test('its commands are scripts of the package', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [, name = ''] of readme.matchAll(/npm (?:run )?(start|test|sandbox|bench|build|[a-z]+)\b/g)) {
    if (['ci', 'install', 'i'].includes(name)) continue;
    assert.ok(name in scripts, `npm run ${name}`);
  }
});

/** All the code of these languages, as one module. */
function snippets(text: string, ...languages: readonly string[]): string {
  const found = [...text.matchAll(/```(\w+)\n([^]*?)```/g)].filter(([, language = '']) =>
    languages.includes(language),
  );
  assert.ok(found.length > 0, `no ${languages.join(' or ')} there`);
  return found.map(([, , code]) => code).join('\n');
}

const askForSession = (): Request =>
  new Request('http://localhost:4000/kassa/session', {
    method: 'POST',
    body: '{"flow":"deposit"}',
    headers: { 'content-type': 'application/json' },
  });

// `npm run examples` starts each quick start in a project of its own, and pays.
test('the file that its quick starts share opens a session, and every framework has one', async () => {
  for (const name of quickStartNames) {
    const { files } = await readQuickStart(name);
    assert.ok(Object.keys(files).length >= 3, name);
  }
  const sandbox = await startTestSandbox();
  process.env.GATEWAY_URL = `${sandbox.url}/gateway`;
  const { files } = await readQuickStart('readme-express');
  try {
    const code = files['kassa.mjs'] ?? assert.fail('no kassa.mjs');
    const { kassa } = await importCode<{ kassa: Kassa }>(code);
    assert.equal((await kassa.fetch(askForSession())).status, 200);
  } finally {
    await sandbox.close();
  }
});

test('all that the backend has runs as it is written', async () => {
  const backend = await readFile('docs/backend.md', 'utf8');
  const sandbox = await startTestSandbox();
  const app = new Hono();
  const accounts: unknown[] = [];
  const { console: ownConsole } = globalThis;
  const cashier: { payment?: { transaction_status?: string } } = {};
  Object.assign(process.env, {
    GATEWAY_KEY: 'dev_kassa_0001',
    GATEWAY_URL: `${sandbox.url}/gateway`,
    GATEWAY_SIGNATURE_PASSWORD: PASSWORD,
    NIXO_KEY: 'sk_sandbox_kassa_0001',
    NIXO_URL: `${sandbox.url}/nixo`,
    NXOS_KEY: 'nxos_sk_test_kassa_a',
    NXOS_URL: `${sandbox.url}/nxos`,
  });
  // What it leaves to the shop: its cart, its orders, its server.
  Object.assign(globalThis, {
    app,
    // One order for each page: what is rendered, charged and opened below is not the same cart.
    yourCartOf: ({ url }: Request) => ({ ...order(`readme ${new URL(url).pathname}`), routingId: 210 }),
    yourOrders: { update: () => undefined },
    request: new Request('http://localhost:4000/checkout'),
    card: {
      holderName: 'Ada Lovelace',
      number: '4242424242424242',
      expMonth: '12',
      expYear: '2034',
      cvc: '123',
    },
    cashier,
    yourPayout: PAYOUT,
    console: { ...console, log: (account: unknown) => accounts.push(account) },
  });
  try {
    const { html, payout } = await importCode<{ html: string; payout: { amount: string } }>(
      `${snippets(backend, 'ts', 'js')}\nexport { html, payout };`,
    );
    assert.equal(payout.amount, '250.00');
    assert.equal(accounts.length, 2);
    assert.match(html, /^<kassa-cashier session-url="\/kassa\/session">\n<iframe slot="frame" /);
    assert.equal(cashier.payment?.transaction_status, 'successful');
    const response = await app.request(askForSession());
    assert.equal(response.status, 200);
    assert.equal(((await response.json()) as { trackingId: string }).trackingId, 'readme /kassa/session');
  } finally {
    Object.assign(globalThis, { console: ownConsole });
    await sandbox.close();
  }
});

test('its figures are those that were kept when they were measured', () => {
  assert.match(readme, /^!\[Measured at .*kassa [0-9.]+/m);
  assert.equal(withFigures(readme, readResult), readme);
});
