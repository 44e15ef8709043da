import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  compareDecimals,
  formatMoney,
  minorDigits,
  MoneyError,
  moneyFromWire,
  parseMoney,
  tidyAmount,
} from '../../src/model/money.ts';

test('an amount is a bigint of minor units', () => {
  assert.deepEqual(parseMoney('10.05', 'EUR'), { minor: 1005n, currency: 'EUR' });
  assert.deepEqual(parseMoney('200', 'GBP'), { minor: 20000n, currency: 'GBP' });
});

test('ISO 4217 decides the number of minor digits: yen has none, Kuwaiti dinar three', () => {
  assert.equal(parseMoney('500', 'JPY').minor, 500n);
  assert.equal(parseMoney('1.250', 'KWD').minor, 1250n);
  assert.throws(() => parseMoney('500.5', 'JPY'), MoneyError);
});

test('an amount is written with all its minor digits', () => {
  assert.equal(formatMoney({ minor: 20000n, currency: 'GBP' }), '200.00');
  assert.equal(formatMoney({ minor: 5n, currency: 'EUR' }), '0.05');
  assert.equal(formatMoney({ minor: 500n, currency: 'JPY' }), '500');
});

// F55: every form that other parsers accept and money must not.
const NOT_AMOUNTS = [
  '',
  ' 1',
  '1\n',
  '1\0',
  '+1',
  '-0',
  '01',
  '.5',
  '1.',
  '1e21',
  '1_000',
  '1,000',
  '0x10',
  '١٢',
  '１２',
  '²',
  'NaN',
  'Infinity',
  '10.055',
  '1000000000000000',
];

for (const text of NOT_AMOUNTS) {
  test(`${JSON.stringify(text)} EUR is refused, never rounded`, () => {
    assert.throws(() => parseMoney(text, 'EUR'), MoneyError);
  });
}

test('an unknown currency is refused, not assumed to have two digits', () => {
  assert.throws(() => parseMoney('1', 'EURO'), /not an ISO 4217 currency code/);
  assert.throws(() => parseMoney('1', 'eur'), MoneyError);
  assert.equal(minorDigits('XYZ'), undefined);
});

//
test('a JSON number is read by its shortest decimal text, so a float sum is refused', () => {
  assert.equal(moneyFromWire(10.05, 'EUR').minor, 1005n);
  assert.equal(moneyFromWire('200.00', 'GBP').minor, 20000n);
  assert.throws(() => moneyFromWire(0.1 + 0.2, 'EUR'), MoneyError);
  assert.throws(() => moneyFromWire(Number.NaN, 'EUR'), MoneyError);
});

// P1
test('writing and reading again gives the same amount', () => {
  const anyMoney = fc.record({
    minor: fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  });
  fc.assert(
    fc.property(anyMoney, (money) =>
      assert.deepEqual(parseMoney(formatMoney(money), money.currency), { ...money }),
    ),
    { numRuns: 2_000 },
  );
});

describe('amounts of others', () => {
  test('tidyAmount changes how an amount is written, never what it says', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'USDT'),
        (whole, zeros, digits, currency) => {
          const fraction = digits === 0 ? '' : `.${'123456'.slice(0, digits)}${'0'.repeat(zeros)}`;
          const text = `${'0'.repeat(zeros)}${whole}${fraction}`;
          const tidy = tidyAmount(text, currency);
          assert.equal(compareDecimals(tidy, text), 0);
          assert.equal(tidyAmount(tidy, currency), tidy);
        },
      ),
    );
  });

  test('compareDecimals compares by value', () => {
    for (const [left, right, sign] of [
      ['10', '10.00', 0],
      ['10.05', '10.5', -1],
      ['9', '10', -1],
      ['0.01', '0', 1],
      ['-1', '1', -1],
    ] as const) {
      assert.equal(compareDecimals(left, right), sign, `${left} and ${right}`);
      assert.equal(compareDecimals(right, left), -sign || 0);
    }
    for (const text of ['', '1e3', '1,0', 'NaN', ' 1'])
      assert.throws(() => compareDecimals(text, '1'), MoneyError);
  });
});
