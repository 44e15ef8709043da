import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GATEWAY_CODES, isGatewayCode } from '../../../src/model/gateway/codes.ts';
import { statusOf } from '../../../src/model/gateway/statuses.ts';
import { isFinal } from '../../../src/model/statuses.ts';

// G-24
test("the gateway's words become Kassa's", () => {
  assert.equal(statusOf('pending'), 'pending');
  assert.equal(statusOf('successful'), 'succeeded');
  assert.equal(statusOf('rejected'), 'failed');
});

test('a word nobody knows is not yet decided, never failed', () => {
  for (const word of ['settling', '', 'toString', '__proto__']) assert.equal(statusOf(word), 'pending');
  assert.equal(isFinal('pending'), false);
  assert.equal(isFinal('failed'), true);
});

// G-17
test('there are twelve gateway codes, and only 1025 invites a retry', () => {
  assert.equal(Object.keys(GATEWAY_CODES).length, 12);
  const transient = Object.entries(GATEWAY_CODES).filter(([, { kind }]) => kind === 'transient');
  assert.deepEqual(
    transient.map(([code]) => code),
    ['1025'],
  );
  assert.equal(isGatewayCode(1026), true);
  assert.equal(isGatewayCode(9999), false);
});
