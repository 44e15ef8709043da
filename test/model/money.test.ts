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
  readableAmount,
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

  // D3
  for (const [value, currency, tidy, readable] of [
    ['10.0000', 'EUR', '10.00', '10.00'],
    ['1000.00', 'JPY', '1000', '1000'],
    [1000, 'JPY', '1000', '1000'],
    ['1.5', 'KWD', '1.500', '1.500'],
    ['8.561', 'GBP', '8.561', undefined],
    ['100.5', 'JPY', '100.5', undefined],
    ['-1.00', 'EUR', '-1.00', undefined],
    [0.5, 'BTC', '0.50', '0.5'],
    [1e-8, 'BTC', '0.00000001', '0.00000001'],
    [1.25e-7, 'BTC', '0.000000125', '0.000000125'],
    ['0.123456789012345678', 'ETH', '0.123456789012345678', '0.123456789012345678'],
    ['25.500000', 'USDT', '25.50', '25.500000'],
    ['007.5', 'EUR', '7.50', '7.50'],
  ] as const) {
    test(`${value} ${currency} is ${tidy}, and ${readable ?? 'none'} where an amount must fit`, () => {
      assert.equal(tidyAmount(value, currency), tidy);
      assert.equal(readableAmount(value, currency), readable);
    });
  }

  test('what is no amount is none', () => {
    for (const value of [
      '',
      'ten',
      '1,000.00',
      '1e3',
      'NaN',
      Number.NaN,
      Infinity,
      1e21,
      '٢٠',
      '1'.repeat(41),
    ]) {
      assert.throws(() => tidyAmount(value, 'EUR'), MoneyError);
      assert.equal(readableAmount(value, 'EUR'), undefined);
    }
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
