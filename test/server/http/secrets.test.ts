/** M3: a secret that is empty signs nothing, and whoever knows that can sign everything. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { WebhookError } from '../../../src/server/errors.ts';
import { createGateway } from '../../../src/server/gateway/client.ts';
import { verifyWebhook } from '../../../src/server/gateway/webhooks.ts';
import { OptionsError } from '../../../src/server/http/client-options.ts';
import { verifyNixoWebhook } from '../../../src/server/nixo/webhooks.ts';
import { verifyNxosWebhook } from '../../../src/server/nxos/webhooks.ts';
import { WEBHOOKS } from '../../fixtures/gateway-examples.ts';

/** What an unset environment variable, a stray comma or a JSON file makes of a secret. */
const UNUSABLE: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'an empty text': '',
  blanks: ' \t\n',
  'no-break spaces': '\u00a0\ufeff',
  'a number': 0,
  'an object': {},
  'an empty list': [],
  'a list of nothing': [undefined],
  'a list with an empty one': ['whsec_c2VjcmV0', ''],
  'a list with an unset one': ['whsec_c2VjcmV0', undefined],
  'a list in a list': [['whsec_c2VjcmV0']],
};
const BODY = JSON.stringify({ ...WEBHOOKS.withdrawal, amount: '9999.00', status: 'successful' });
const SECONDS = Math.floor(Date.now() / 1_000);

/** A body signed with the empty text, or with what the runtime writes for what is not there. */
const keys = ['', 'undefined', 'null'];

/** Each system, with every signature that a thief would try. */
const VERIFIERS: Readonly<Record<string, (secret: never) => readonly Promise<unknown>[]>> = {
  gateway: (secret) =>
    keys.map((key) => {
      const hash = createHash('sha1')
        .update(BODY + key)
        .digest('hex')
        .toUpperCase();
      return verifyWebhook(BODY, hash, secret);
    }),
  nixo: (secret) =>
    keys.map((key) => {
      const mac = createHmac('sha256', key).update(`${SECONDS}.${BODY}`).digest('hex');
      return verifyNixoWebhook(BODY, `t=${SECONDS},v1=${mac}`, secret);
    }),
  nxos: (secret) =>
    keys.map((key) => {
      const mac = createHmac('sha256', key).update(`msg_1.${SECONDS}.${BODY}`).digest('base64');
      const headers = {
        'svix-id': 'msg_1',
        'svix-timestamp': String(SECONDS),
        'svix-signature': `v1,${mac}`,
      };
      return verifyNxosWebhook(BODY, headers, secret);
    }),
};

describe('a secret that signs nothing', () => {
  for (const [what, secret] of Object.entries(UNUSABLE)) {
    test(`${what}: no gateway is made with it`, () => {
      const options = {
        apiKey: 'dev_x',
        baseUrl: 'https://pay.example',
        signaturePassword: secret as string,
      };
      assert.throws(
        () => createGateway(options),
        (error) => error instanceof OptionsError && error.code === 'missing-option',
      );
    });
    for (const [system, verify] of Object.entries(VERIFIERS)) {
      test(`${what}: ${system} believes nothing, whatever is signed how`, async () => {
        for (const verified of verify(secret as never)) {
          await assert.rejects(
            verified,
            (error) =>
              error instanceof WebhookError && error.code === 'missing-secret' && error.status === 500,
          );
        }
      });
    }
  }

  test('a Svix secret without a byte, or that is none, believes nothing either', async () => {
    for (const secret of ['whsec_', 'whsec_====', 'whsec_%', 'secret']) {
      for (const verified of VERIFIERS.nxos?.(secret as never) ?? assert.fail()) {
        await assert.rejects(verified, { code: 'missing-secret' });
      }
    }
  });

  test('one with a line break or a space of no width at its end is the receiver’s fault, not the sender’s', async () => {
    for (const hidden of ['\n', '\r\n', '\u200b', '\ufeff']) {
      for (const verify of Object.values(VERIFIERS)) {
        for (const verified of verify(`whsec_c2VjcmV0${hidden}` as never)) {
          await assert.rejects(verified, { code: 'missing-secret', status: 500 });
        }
      }
    }
  });

  test('and no error repeats a secret', () => {
    const options = { apiKey: 'dev_x', baseUrl: 'https://pay.example', signaturePassword: ['spg_real', ''] };
    assert.throws(
      () => createGateway(options),
      (error) => error instanceof OptionsError && !`${error.message} ${error.hint}`.includes('spg_real'),
    );
  });
});
