/** `kassa listen`, `trigger` and `webhook`, against a sandbox that runs. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { reportOf } from '../../src/command/trigger.ts';
import { tooOld } from '../../src/command/node-version.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { verifyWebhook } from '../../src/server/gateway/webhooks.ts';
import { until } from '../patience.ts';
import { PASSWORD, type Receiver, startReceiver } from '../sandbox/running.ts';
import { kassa, startKassa } from './kassa.ts';

let sandbox: RunningSandbox;
let shop: Receiver;
before(async () => {
  shop = await startReceiver();
  sandbox = await startSandbox({ port: 0, webhookUrl: shop.url });
});
after(async () => {
  await sandbox.close();
  await shop.close();
});

const wordOf = ({ body }: { readonly body: string }): string => {
  const { transaction_type, status } = JSON.parse(body) as { transaction_type: string; status: string };
  return `${transaction_type}.${status}`;
};

describe('kassa trigger', () => {
  for (const name of [
    'deposit.successful',
    'deposit.rejected',
    'withdrawal.pending',
    'withdrawal.rejected',
  ]) {
    test(`${name}: the shop gets the webhook, signed, of the order and amount that were named`, async () => {
      shop.received.length = 0;
      const order = ['--tracking-id', `t ${name}`, '--amount', '25.00', '--currency', 'USD'];
      const { code, output } = await kassa(['trigger', name, ...order, '--sandbox', sandbox.url]);
      assert.equal(code, 0, output);
      assert.match(output, new RegExp(`webhook to ${shop.url}: 200`));
      const last = shop.received.find((it) => wordOf(it) === name) ?? assert.fail(output);
      const event = await verifyWebhook(last.body, last.headers['x-signature'] ?? '', PASSWORD);
      assert.deepEqual([event.trackingId, event.amount, event.currency], [`t ${name}`, '25.00', 'USD']);
    });
  }

  test('of a webhook that has not gone out it says where to look: at this sandbox', () => {
    const address = 'http://192.0.2.7:4020';
    assert.match(
      reportOf(undefined, address),
      /not gone out yet: http:\/\/192\.0\.2\.7:4020\/_sandbox shows/,
    );
  });

  test('what does not exist is refused, with what does', async () => {
    const unknown = await kassa(['trigger', 'deposit.lost']);
    assert.equal(unknown.code, 1);
    assert.match(unknown.output, /deposit\.lost.*invalid.*deposit\.successful, deposit\.rejected/);
    const amount = await kassa(['trigger', 'deposit.successful', '--amount', '10,05']);
    assert.match(amount.output, /"10,05" is not an amount/);
    const away = await kassa(['trigger', 'deposit.successful', '--sandbox', '127.0.0.1:9']);
    assert.equal(away.code, 1);
    assert.match(
      away.output,
      /No sandbox of Kassa answers at http:\/\/127\.0\.0\.1:9\.\nStart one .* npx kassa sandbox/,
    );
  });
});

describe('kassa listen', () => {
  test('passes on what was asked for, byte for byte, prints both ways, and leaves the sandbox as it was', async () => {
    const other = await startReceiver();
    other.status = 202;
    const args = ['--forward-to', other.url.replace('http://', ''), '--events', 'deposit.*', '--print-json'];
    const listening = startKassa(['listen', ...args, '--sandbox', sandbox.url]);
    try {
      await until(() => listening.said().includes('Ready!'), 'listening');
      await kassa(['trigger', 'withdrawal.pending', '--sandbox', sandbox.url]);
      await kassa(['trigger', 'deposit.successful', '--sandbox', sandbox.url]);
      await until(() => listening.said().includes('<--'), 'answered');
      const words = other.received.map(wordOf);
      assert.ok(words.includes('deposit.successful'));
      assert.ok(!words.some((word) => word.startsWith('withdrawal')), words.join());
      for (const { body, headers } of other.received) {
        await verifyWebhook(body, headers['x-signature'] ?? '', PASSWORD);
      }
      assert.match(listening.said(), / --> deposit\.successful \[\w+\]\n\{"transaction_id"/);
      assert.ok(listening.said().includes(`<--  [202] POST ${other.url} [`));
    } finally {
      listening.child.kill('SIGTERM');
    }
    assert.equal((await listening.ended).code, 0);
    assert.equal((await sandbox.state()).config.webhookUrl, shop.url);
    await other.close();
  });
});

describe('kassa webhook', () => {
  const BODY = JSON.stringify({
    transaction_id: 't',
    user_id: '128',
    tracking_id: 'o-1',
    status: 'successful',
    currency: 'EUR',
    amount: '10.05',
    transaction_type: 'deposit',
  });

  test('sign and verify agree, on a file and on the standard input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kassa-webhook-'));
    const file = join(folder, 'body.json');
    try {
      await writeFile(file, BODY);
      const signed = await kassa(['webhook', 'sign', file]);
      const signature = signed.output.trim();
      assert.match(signature, /^[0-9A-F]{40}$/);
      const verified = await kassa(['webhook', 'verify', '-', '--signature', signature], { input: BODY });
      assert.equal(verified.code, 0);
      assert.equal((JSON.parse(verified.output) as { trackingId: string }).trackingId, 'o-1');
      const env = { GATEWAY_SIGNATURE_PASSWORD: 'another' };
      const refused = await kassa(['webhook', 'verify', file, '--signature', signature], { env });
      assert.equal(refused.code, 1);
      assert.match(refused.output, /The signature does not match the body/);
      assert.doesNotMatch(refused.output, /another|\n\s+at /);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a file that is not there is said by its name', async () => {
    const { code, output } = await kassa(['webhook', 'sign', '/no/such/body.json']);
    assert.equal(code, 1);
    assert.match(output, /^\/no\/such\/body\.json cannot be read: ENOENT\./);
  });
});

// B6
test('a Node that is too old is told so, by the version that package.json asks for', async () => {
  const { engines } = JSON.parse(await readFile('package.json', 'utf8')) as { engines: { node: string } };
  assert.match(
    tooOld('18.20.4') ?? '',
    new RegExp(`needs Node ${engines.node.slice(2)} or newer, and this is 18\\.20\\.4`),
  );
  assert.match(tooOld('20.18.3') ?? '', /nvm install --lts/);
  for (const version of ['20.19.0', '20.20.2', '22.0.0', '26.1.0']) assert.equal(tooOld(version), undefined);
});

describe('kassa tag', () => {
  test('refuses a place that is none, and says where the hashes come from', async () => {
    const { code, output } = await kassa(['tag', '--base', '"><script>']);
    assert.equal(code, 1);
    assert.match(output, /Write a path such as \/kassa-0\.1\.0\/, or an https address\./);
    // From source there is no dist/browser beside the command.
    assert.match((await kassa(['tag'])).output, /integrity\.json[^]*npm run build/);
  });
});
