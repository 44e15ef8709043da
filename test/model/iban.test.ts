import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasIbanCheckDigits } from '../../src/model/iban.ts';

// The examples of the IBAN registry (ISO 13616).
test('the check digits of an IBAN find a slip of the pen', () => {
  for (const iban of ['DE89370400440532013000', 'GB29NWBK60161331926819', 'FR1420041010050500013M02606']) {
    assert.ok(hasIbanCheckDigits(iban), iban);
    assert.ok(!hasIbanCheckDigits(iban.replace('0', '1')), iban);
  }
});

test('what cannot be one has none', () => {
  for (const text of ['', 'DE', '__proto__', 'de89370400440532013000', 'DE89 3704', '1'.repeat(35)]) {
    assert.ok(!hasIbanCheckDigits(text), text);
  }
});
