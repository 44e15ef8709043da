/** What no client is made of: a key that cannot be sent, whichever of the three it is for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { isApiError } from '../../../src/server/errors.ts';
import { createGateway } from '../../../src/server/gateway/client.ts';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import { createNixo } from '../../../src/server/nixo/client.ts';
import { createNxos } from '../../../src/server/nxos/client.ts';
import { order } from '../../sandbox/running.ts';

const LOCAL = 'http://127.0.0.1:9';
const SECRET = 'hush';

/** Each client, with this in place of its key. */
const MAKE = {
  createGateway: (apiKey: string) =>
    createGateway({ apiKey, baseUrl: LOCAL, signaturePassword: 'spg_test_kassa_0001' }),
  createNixo: (apiKey: string) => createNixo({ apiKey, baseUrl: LOCAL }),
  createNxos: (apiKey: string) => createNxos({ apiKey, baseUrl: LOCAL }),
};

const HIDDEN = {
  'a line break inside': `${SECRET}\nY`,
  'a line break at its end': `${SECRET}\r\n`,
  'a space before it': ` ${SECRET}`,
  'a space of no width': `${SECRET}\u200b`,
  'a byte order mark': `\ufeff${SECRET}`,
  'a no-break space at its end': `${SECRET}\u00a0`,
  'a soft hyphen inside': `hu\u00adsh${SECRET}`,
  'a letter that looks like another': `${SECRET}\u0430`,
  'a NUL': `${SECRET}\0`,
  'a character of two units': `${SECRET}\u{1f511}`,
};

/** The error of what must not work, which tells nothing of the secret. */
function refusalOf(make: () => unknown): OptionsError {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof OptionsError, String(error));
    assert.equal(error.code, 'invalid-option');
    assert.ok(!inspect(error).includes(SECRET), inspect(error));
    return error;
  }
  return assert.fail('a client was made of it');
}

// B5
for (const [name, make] of Object.entries(MAKE)) {
  describe(`${name} refuses a key with`, () => {
    for (const [fault, key] of Object.entries(HIDDEN)) {
      test(fault, () => {
        const { message, hint } = refusalOf(() => make(key));
        assert.match(
          message,
          new RegExp(`^${name}: apiKey holds a character .* U\\+[0-9A-F]{4,5}, as number \\d of \\d\\.$`),
        );
        assert.match(hint, /\.trim\(\)/);
      });
    }
  });
}

describe('what is no key at all', () => {
  for (const [name, make] of Object.entries(MAKE)) {
    test(`${name}: an unset variable, however it is passed`, () => {
      for (const key of [undefined, null, '', ' ', 7, ['dev_x'], { key: 'dev_x' }]) {
        assert.throws(() => make(key as string), {
          code: 'missing-option',
          message: `${name}: apiKey is missing.`,
        });
      }
      for (const key of ['undefined', 'null']) {
        const { message, hint } = refusalOf(() => make(key));
        assert.equal(message, `${name}: apiKey is the word "${key}".`);
        assert.match(hint, /not set became a text/);
      }
    });

    test(`${name}: one in the quotation marks of its file`, () => {
      for (const mark of ['"', "'"]) {
        const { message, hint } = refusalOf(() => make(mark + SECRET + mark));
        assert.equal(message, `${name}: apiKey begins and ends with a quotation mark.`);
        assert.match(hint, /docker --env-file/);
      }
    });
  }
});

test('the same goes for all that travels in a header, and for the password', () => {
  refusalOf(() => createNixo({ apiKey: 'sk_sandbox_x', version: `2025-01-01\n${SECRET}` }));
  refusalOf(() => createNxos({ apiKey: 'nxos_sk_test_x', onBehalfOf: `${SECRET}\n` }));
  const passwords = ['\n', '\0', '\u200b', '\u00a0', '\ufeff', '\u2028'].map((hidden) => SECRET + hidden);
  for (const signaturePassword of [
    ...passwords,
    `\ufeff${SECRET}`,
    ['spg_ok', `${SECRET}\0`],
    `"${SECRET}"`,
  ]) {
    refusalOf(() => createGateway({ apiKey: 'dev_x', baseUrl: LOCAL, signaturePassword }));
  }
  createGateway({ apiKey: 'dev_x', baseUrl: LOCAL, signaturePassword: 'geheime Wörter' });
});

// B5: whatever a runtime or a proxy says of a request that it could not send
test('the text of somebody else’s error is never quoted', async () => {
  const sentence = `Invalid header value: ${SECRET}`;
  for (const error of [
    new TypeError(sentence),
    new TypeError('fetch failed', { cause: new Error(sentence) }),
    new TypeError('fetch failed', { cause: { code: sentence } }),
    Object.assign(new Error(sentence), { name: sentence }),
    sentence,
  ]) {
    const gateway = createGateway({
      apiKey: 'dev_x',
      baseUrl: LOCAL,
      signaturePassword: 'spg_x',
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- some throw text
      fetch: () => Promise.reject(error),
    });
    const said: unknown = await gateway
      .mintCashier({ ...order('o-1'), trackingId: 'o-1' })
      .catch((it: unknown) => it);
    assert.ok(isApiError(said) && said.kind === 'network', String(said));
    assert.ok(!inspect(said).includes(SECRET), inspect(said));
  }
});
