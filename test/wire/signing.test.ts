/** One contract for both who hash: `node:crypto`, where a process has it, and Web Crypto, at the edge. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { anyText } from '../any-text.ts';
import { equalInConstantTime, type Hashing, nodeHashing, webHashing } from '../../src/wire/signing.ts';
import { PUBLISHED_HASH, PUBLISHED_PASSWORD, WEBHOOKS } from '../fixtures/gateway-examples.ts';

const { hash: _hash, ...withoutOneShot } = crypto;
const HASHINGS: Readonly<Record<string, Hashing>> = {
  'node:crypto': nodeHashing(crypto),
  'node:crypto without hash(), as some runtimes have it': nodeHashing(withoutOneShot),
  'Web Crypto': webHashing,
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

for (const [name, hashing] of Object.entries(HASHINGS)) {
  describe(`hashing by ${name}`, () => {
    // G-20, V1
    test('makes the hash that the gateway’s documents print, of text and of bytes', async () => {
      const body = JSON.stringify(WEBHOOKS.withdrawal);
      for (const raw of [body, bytesOf(body)]) {
        assert.equal((await hashing.sha1(raw, PUBLISHED_PASSWORD)).toUpperCase(), PUBLISHED_HASH);
      }
    });

    // RFC 4231, test cases 1 and 2: the second's text is cut, as ours is into head and body.
    test('makes the MACs that RFC 4231 prints', async () => {
      assert.equal(
        await hashing.hmacSha256(new Uint8Array(20).fill(0x0b), 'Hi ', bytesOf('There'), 'hex'),
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      );
      assert.equal(
        await hashing.hmacSha256('Jefe', 'what do ya want ', 'for nothing?', 'base64'),
        'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=',
      );
    });

    // P6
    test('agrees with node:crypto on any bytes and any text, short and long', async () => {
      const anything = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        anyText(),
        anyText({ minLength: 2_000, maxLength: 2_100 }),
      );
      await fc.assert(
        fc.asyncProperty(anything, anyText(), fc.uint8Array({ minLength: 1 }), async (body, text, key) => {
          const sha1 = crypto.createHash('sha1').update(body).update(text).digest('hex');
          assert.equal(await hashing.sha1(body, text), sha1);
          const mac = crypto.createHmac('sha256', key).update(text).update(body).digest();
          assert.equal(await hashing.hmacSha256(key, text, body, 'hex'), mac.toString('hex'));
          assert.equal(await hashing.hmacSha256(key, text, body, 'base64'), mac.toString('base64'));
        }),
      );
    });
  });
}

/** A fresh process whose `getBuiltinModule` is as given: what `kassa/server` makes of a webhook there, and by whom. */
async function verifyWhere(builtin: 'as it is' | 'missing'): Promise<string> {
  const script = `
    if (${JSON.stringify(builtin)} === 'missing') process.getBuiltinModule = undefined;
    const { hashing, webHashing } = await import('./src/wire/signing.ts');
    const { verifyWebhook } = await import('./src/server/index.ts');
    const event = await verifyWebhook(${JSON.stringify(JSON.stringify(WEBHOOKS.withdrawal))}, '${PUBLISHED_HASH}', '${PUBLISHED_PASSWORD}');
    console.log(event.rawStatus, hashing === webHashing ? 'by Web Crypto' : 'by node:crypto');`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim();
}

test('node:crypto is taken where the process has it, and Web Crypto where it has not', async () => {
  assert.equal(await verifyWhere('as it is'), 'rejected by node:crypto');
  assert.equal(await verifyWhere('missing'), 'rejected by Web Crypto');
});

test('the comparison is true for equal texts only', () => {
  assert.equal(equalInConstantTime('AB', 'AB'), true);
  assert.equal(equalInConstantTime('AB', 'AC'), false);
  assert.equal(equalInConstantTime('AB', 'ABC'), false);
});
