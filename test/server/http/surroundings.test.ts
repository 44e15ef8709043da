/**
 * Where a value's class is not the one that is known here. A library has put a `Promise` of its own in the place of the
 * runtime's, as zone.js does in an Angular server: what an async function answers is then no instance of it. And a test
 * runner has made a realm for the file, whose `Uint8Array` is not that of `Buffer`.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setImmediate as later } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { signWebhook, verifyWebhook } from '../../../src/server/gateway/webhooks.ts';
import { verifyNixoWebhook } from '../../../src/server/nixo/webhooks.ts';
import { verifyNxosWebhook } from '../../../src/server/nxos/webhooks.ts';
import { NIXO_SIGNATURE_HEADER, signNixo } from '../../../src/wire/nixo/signature.ts';
import { signSvix, svixSecret } from '../../../src/wire/nxos/signature.ts';
import { afterwards } from '../../../src/wire/signing.ts';
import { WEBHOOKS } from '../../fixtures/gateway-examples.ts';

const runtimes = globalThis.Promise;
before(() => {
  globalThis.Promise = class extends runtimes<never> {} as unknown as PromiseConstructor;
  assert.ok(!(later(undefined) instanceof Promise), 'else nothing is tried here');
});
after(() => {
  globalThis.Promise = runtimes;
});

const PASSWORD = 'spg_test_kassa_0001';
const SECRET = svixSecret(new Uint8Array(32).fill(7));
const BODY = JSON.stringify(WEBHOOKS.withdrawal);
const EVENT = '{"type":"payout.completed","data":{}}';
const NOW = Math.floor(Date.now() / 1_000);

const posted = (body: string, headers: Readonly<Record<string, string>>): Request =>
  new Request('https://shop.example/webhook', { method: 'POST', body, headers });

const asGateway = async (password: string): Promise<unknown> =>
  verifyWebhook(posted(BODY, { 'x-signature': await signWebhook(BODY, password) }), null, PASSWORD);

const asNixo = async (secret: string): Promise<unknown> => {
  const mac = await signNixo(EVENT, NOW, secret);
  return verifyNixoWebhook(posted(EVENT, { [NIXO_SIGNATURE_HEADER]: `t=${NOW},v1=${mac}` }), null, PASSWORD);
};

const asNxos = async (secret: string): Promise<unknown> => {
  const message = { id: 'msg_1', timestamp: NOW, body: EVENT };
  const signature = await signSvix(message, secret);
  const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(NOW), 'svix-signature': signature };
  return verifyNxosWebhook(posted(EVENT, headers), undefined, SECRET);
};

const SYSTEMS = {
  gateway: { verify: asGateway, own: PASSWORD, other: 'another' },
  nixo: { verify: asNixo, own: PASSWORD, other: 'another' },
  nxos: { verify: asNxos, own: SECRET, other: svixSecret(new Uint8Array(32).fill(8)) },
} as const;

for (const [name, { verify, own, other }] of Object.entries(SYSTEMS)) {
  describe(`a request of ${name}`, () => {
    test('is believed when it is signed', async () => assert.ok(await verify(own)));
    test('is refused when somebody else signed it', async () => {
      await assert.rejects(verify(other), { code: 'wrong-signature' });
    });
  });
}

test('bytes of another realm are bytes', async () => {
  const bytes = runInNewContext('Uint8Array.from(bytes)', { bytes: Buffer.from(BODY) }) as Uint8Array;
  assert.ok(!(bytes instanceof Uint8Array));
  const signature = await signWebhook(BODY, PASSWORD);
  assert.ok(await verifyWebhook(bytes, signature, PASSWORD));
  await assert.rejects(verifyWebhook(bytes, signature, 'another'), { code: 'wrong-signature' });
});

test('a scheme of the shop’s own is waited for, whatever its promise is', async () => {
  const never = { then: (tell: (signedAt: undefined) => void) => tell(undefined) } as Promise<undefined>;
  await assert.rejects(
    verifyNixoWebhook(EVENT, 'v1=forged', PASSWORD, { scheme: () => never, tolerance: false }),
    { code: 'wrong-signature' },
  );
});

test('nothing is made of a promise before it is kept', async () => {
  const isOurs = later(false);
  assert.equal(await afterwards(isOurs, (yes) => (yes ? 'believed' : 'refused')), 'refused');
});
