/** The short way to read a webhook, held against the schema that it goes around. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '../../any-text.ts';
import { gatewayWebhook, readPrinted } from '../../../src/wire/gateway/webhook.ts';
import { WEBHOOKS } from '../../fixtures/gateway-examples.ts';

const FIELDS = Object.keys(gatewayWebhook.shape);

test('both samples of the documents take the short way', () => {
  for (const sample of Object.values(WEBHOOKS)) assert.ok(readPrinted(sample));
});

// M9
test('what takes the short way is read as the schema reads it, whatever its fields hold', () => {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('200.00', 'rejected', ' padded ', 'x') },
    fc.constantFrom('', ' ', null, undefined, 0, 7, 1e21, true, Number.NaN, [], ['x'], {}, '\ufeff'),
    anyText(),
  );
  let short = 0;
  const webhook = fc.record(Object.fromEntries(FIELDS.map((name) => [name, value])), { requiredKeys: [] });
  fc.assert(
    fc.property(webhook, (json) => {
      const read = readPrinted(json);
      if (read === undefined) return;
      short += 1;
      const { success, data } = gatewayWebhook.safeParse(json);
      assert.ok(success);
      assert.deepEqual(read, data);
    }),
    { numRuns: 3_000 },
  );
  assert.ok(short > 20, `${short} took the short way`);
});

test('what is no object does not take it', () => {
  for (const json of [null, undefined, [], 'x', 7, true]) assert.equal(readPrinted(json), undefined);
});
