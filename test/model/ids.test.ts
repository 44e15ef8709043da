import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cashierToken, cryptoRandom, gatewayId, hex128, randomText, uuid } from '../../src/model/ids.ts';

// V8
test('a cashier token is 50 letters and digits, a transaction id 15 lower-case ones', () => {
  assert.match(cashierToken(cryptoRandom), /^[A-Za-z0-9]{50}$/);
  assert.match(gatewayId(cryptoRandom), /^[a-z0-9]{15}$/);
});

test('a nonce is 128 bits in hexadecimal', () => {
  assert.match(hex128(cryptoRandom), /^[0-9a-f]{32}$/);
});

test('a tracking id is a version 4 UUID', () => {
  assert.match(uuid(cryptoRandom), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('bytes that would favour the first letters are thrown away', () => {
  const bytes = [255, 254, 0, 1, 2];
  const random = (length: number): Uint8Array => Uint8Array.from(bytes.splice(0, length));
  assert.equal(randomText(random, 3, 'abc'), 'cab');
});

test('the same chance gives the same ids, so a test can be repeated', () => {
  const fixed = (length: number): Uint8Array => new Uint8Array(length).fill(7);
  assert.equal(gatewayId(fixed), gatewayId(fixed));
});
