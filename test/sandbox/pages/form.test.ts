/** What the hosted form makes of what is typed: pure functions, in Node. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { passesLuhn } from '../../../src/model/card-number.ts';
import { TEST_CARDS } from '../../../src/sandbox/gateway/cards.ts';
import {
  brandOf,
  digitsOf,
  formatExpiry,
  formatNumber,
  isPast,
  readExpiry,
} from '../../../src/sandbox/pages/cashier/card.ts';
import {
  checkAll,
  checkField,
  EMPTY,
  faultsOf,
  faultText,
  type Field,
  readAmount,
  type Terms,
  toPayRequest,
  type Values,
} from '../../../src/sandbox/pages/cashier/form.ts';
import type { FieldError } from '../../../src/sandbox/pages/words/words.ts';
import { loadWords } from '../../../src/sandbox/pages/words/load.ts';
import { NOON } from '../running.ts';

const CARD: Terms = {
  amount: { currency: 'EUR', minorDigits: 2, restricted: false, min: '0.01', max: '1000.00', quick: [] },
  provider: { id: '210', name: 'card_simulator', label: 'Card', kind: 'card' },
  paysOut: false,
  now: NOON,
};
const GOOD: Values = {
  ...EMPTY,
  amount: '10,05',
  'card.number': '4242 4242 4242 4242',
  'card.expiry': '12 / 34',
  'card.cvc': '123',
  'card.holderName': ' Ada Lovelace ',
};

describe('a card number', () => {
  test('every test card passes the check digit, and a changed digit does not', () => {
    for (const { number } of TEST_CARDS) {
      assert.ok(passesLuhn(number), number);
      const changed = number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
      assert.ok(!passesLuhn(changed), changed);
    }
    for (const wrong of ['', '0', '4242', '42424242424242424242', '4242x242424242424']) {
      assert.ok(!passesLuhn(wrong), wrong);
    }
  });

  for (const [typed, shown, brand] of [
    ['4242424242424242', '4242 4242 4242 4242', 'Visa'],
    ['378282246310005', '3782 822463 10005', 'American Express'],
    ['5555-5555-5555-4444', '5555 5555 5555 4444', 'Mastercard'],
    ['2223003122003222', '2223 0031 2200 3222', 'Mastercard'],
    ['3566002020360505', '3566 0020 2036 0505', 'JCB'],
    ['６２０００００００００００００５', '6200 0000 0000 0005', 'UnionPay'],
    ['٤٢٤٢', '4242', 'Visa'],
    ['36227206271667', '3622 720627 1667', 'Diners Club'],
    ['6011000990139424', '6011 0009 9013 9424', 'Discover'],
    ['501800000009', '5018 0000 0009', 'Maestro'],
    ['6759649826438453', '6759 6498 2643 8453', 'Maestro'],
    ['6799990100000000019', '6799 9901 0000 0000 019', 'Maestro'],
    ['6240008631401148', '6240 0086 3140 1148', 'UnionPay'],
    ['4000000000000000006', '4000 0000 0000 0000 006', 'Visa'],
  ] as const) {
    test(`${typed} is shown as ${shown}, ${brand}`, () => {
      assert.equal(formatNumber(typed), shown);
      assert.equal(brandOf(digitsOf(typed)).name, brand);
    });
  }

  test('formatting never invents or reorders a digit, and is stable', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = formatNumber(text);
        assert.ok(digitsOf(text).startsWith(digitsOf(once)));
        assert.equal(formatNumber(once), once);
      }),
    );
  });
});

describe('an expiry date', () => {
  for (const [typed, shown] of [
    ['1', '1'],
    ['5', '05 / '],
    ['12', '12 / '],
    ['12 /', '12'],
    ['12/', '12 / '],
    ['1234', '12 / 34'],
    ['12 / 20', '12 / 20'],
    ['12/2034', '12 / 34'],
    ['2', '2'],
    ['2/', '02 / '],
    ['2030-', '2030-'],
    ['13', '01 / 3'],
    ['Dec 20', 'Dec 20'],
    // What a day would be is not taken for a year: 10/12/2030 is October or December
    ['12 / 31/', '12 / 31/'],
    ['10 / 12/2030', '10 / 12/2030'],
    ['03 / 1/', '31 / '],
    ['03 / 5/', '35 / '],
    ['04 / 5/', '04 / 5/'],
    ['2030-12', '2030-12'],
    ['03 / 0D', '30D'],
  ] as const) {
    test(`"${typed}" becomes "${shown}" while it is typed`, () => assert.equal(formatExpiry(typed), shown));
  }

  // Issue 15.1: as typed, as pasted, as filled in by a browser
  const typed = (text: string): string =>
    Array.from(text).reduce((before, key) => formatExpiry(before + key), '');
  for (const [text, month] of [
    ['12/2030', '12'],
    ['12 / 30', '12'],
    ['1230', '12'],
    ['122030', '12'],
    ['2030-12', '12'],
    ['2030/12', '12'],
    ['203012', '12'],
    ['12.30', '12'],
    ['12-30', '12'],
    ['12.2030', '12'],
    [' 12 / 2030 ', '12'],
    ['12 – 2030', '12'],
    ['12 30', '12'],
    ['2030-12-31', '12'],
    ['2030/12/31', '12'],
    ['2030 / 12 / 31', '12'],
    ['Dezember 2030', '12'],
    ['dezembro de 2030', '12'],
    ['VALID THRU 12/30', '12'],
    ['1/30', '01'],
    ['1/2030', '01'],
    ['2/30', '02'],
    ['02/2030', '02'],
    ['Dec 2030', '12'],
    ['December 2030', '12'],
    ['Dez. 2030', '12'],
    ['déc. 2030', '12'],
    ['2030年12月', '12'],
    ['٠١/٣٠', '01'],
    ['１２／２０３０', '12'],
    ['12/31/2030', '12'],
    ['12/31/30', '12'],
    ['31/12/2030', '12'],
    ['25/12/2030', '12'],
    ['13.12.2030', '12'],
    ['31.12.2030', '12'],
    ['30/12', '12'],
    ['30-12', '12'],
    ['30年12月', '12'],
    ['30 Dec', '12'],
    ['30 déc.', '12'],
    ['31 December 2030', '12'],
    ['5/31/2030', '05'],
    ['13/1/2030', '01'],
  ] as const) {
    test(`"${text}" is ${month}/2030, typed and pasted`, () => {
      assert.deepEqual(readExpiry(text), { month, year: '2030' });
      assert.deepEqual(readExpiry(typed(text)), { month, year: '2030' });
      assert.deepEqual(readExpiry(formatExpiry(text)), { month, year: '2030' });
    });
  }

  for (const text of [
    '',
    '1',
    '13 / 34',
    '00 / 34',
    '12 / 3',
    '2030',
    'May',
    '12/1999',
    '10/12/2030',
    '10/2',
  ]) {
    test(`"${text}" is none`, () => assert.equal(readExpiry(text), undefined));
  }

  test('what is formatted once is not formatted anew', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{0,6}$/), (text) => {
        const once = formatExpiry(text);
        assert.equal(formatExpiry(once), once);
      }),
      { examples: [['320000'], ['420999'], ['13 / 2034'], ['263143 5'], ['3 20303'], ['03 / 20303']] },
    );
  });

  test('a card works until the end of its month', () => {
    assert.ok(!isPast({ month: '11', year: '2026' }, NOON));
    assert.ok(isPast({ month: '10', year: '2026' }, NOON));
  });
});

describe('the form', () => {
  test('is sent in the words of the API', () => {
    assert.deepEqual(checkAll(GOOD, CARD), {});
    assert.deepEqual(toPayRequest(GOOD, CARD), {
      providerId: '210',
      amount: '10.05',
      card: {
        holderName: 'Ada Lovelace',
        number: '4242424242424242',
        expMonth: '12',
        expYear: '2034',
        cvc: '123',
      },
    });
  });

  for (const [field, value, fault] of [
    ['card.number', '4242 4242 4242 4241', 'card-number'],
    ['card.number', '4242 4242 4242 424', 'card-length'],
    ['card.number', '3782 822463 1000', 'card-length'],
    ['card.number', '9999', 'card-incomplete'],
    ['card.number', '', 'required'],
    ['card.expiry', '13 / 34', 'expiry'],
    ['card.expiry', '10 / 26', 'expired-card'],
    ['card.cvc', '12', 'security-code'],
    ['card.holderName', '   ', 'required'],
    ['card.holderName', 'x'.repeat(101), 'too-long'],
    ['amount', '10.005', 'amount'],
    ['amount', '0', 'amount'],
    ['amount', '-1', 'amount'],
    ['amount', '1000.01', 'above-limit'],
  ] as const) {
    test(`${field} "${value.slice(0, 20)}": ${fault}`, () => {
      assert.equal(checkField(field, { ...GOOD, [field]: value }, CARD), fault);
    });
  }

  test('the code of an American Express card has four digits', () => {
    const amex = { ...GOOD, 'card.number': '3782 822463 10005' };
    assert.equal(checkField('card.cvc', amex, CARD), 'security-code-4');
    assert.equal(checkField('card.cvc', { ...amex, 'card.cvc': '1234' }, CARD), undefined);
  });

  test('an IBAN is checked by the length of its country and its check digits', () => {
    const out = { ...CARD, paysOut: true };
    const check = (iban: string) => checkField('account.iban', { ...EMPTY, 'account.iban': iban }, out);
    assert.equal(check('DE89 3704 0044 0532 0130 00'), undefined);
    assert.equal(check('de89 3704 0044 0532 0130 00'), undefined);
    assert.equal(check('DE88 3704 0044 0532 0130 00'), 'iban-checksum');
    for (const whole of [
      'GB82WEST12345698765432',
      'NO93 8601 1117 947',
      'IBAN: MT84MALT011000012345MTLCAST001S',
    ]) {
      assert.equal(check(whole), undefined, whole);
    }
    for (const short of [
      'DE89 3704',
      'de89 3704 0044 0532 0130 0',
      'GB82 WEST 1234 5698 7654 321',
      'NO93 8601 1117 9471',
    ]) {
      assert.equal(check(short), 'iban-length', short);
    }
    // A country without a registered length: what is left is its shape.
    for (const none of ['D', '1234', 'ZZ89', 'MA64 3704 0044']) assert.equal(check(none), 'iban', none);
  });

  test('a fault is said for the card at hand', async () => {
    const words = await loadWords('en');
    const say = (fault: FieldError, field: Field, typed: string) =>
      faultText(words, fault, { ...EMPTY, [field]: typed });
    const number = 'card.number';
    assert.equal(say('card-length', number, '3782 8224'), 'A number of American Express has 15 digits.');
    assert.equal(say('card-length', number, '5555 5555'), 'A number of Mastercard has 16 digits.');
    assert.match(say('security-code-4', number, '3782 8224'), /4 digits, on the front/);
    const account = 'account.iban';
    assert.equal(say('iban-length', account, 'de89 37'), 'An IBAN that begins with DE has 22 characters.');
  });

  test('a saved card is paid with its code alone; a chosen network and a wish to keep the card are sent', () => {
    const saved = { ...CARD, savedCardId: 'c1' };
    assert.deepEqual(checkAll({ ...EMPTY, amount: '1', 'card.cvc': '123' }, saved), {});
    assert.deepEqual(toPayRequest({ ...GOOD, 'card.cvc': '123' }, saved), {
      providerId: '210',
      amount: '10.05',
      savedCard: { id: 'c1', cvc: '123' },
    });
    const chosen = toPayRequest(GOOD, { ...CARD, network: 'cartes-bancaires', saveCard: true });
    assert.equal(chosen.card?.network, 'cartes-bancaires');
    assert.equal(chosen.saveCard, true);
  });

  test('amounts keep to the currency’s minor digits', () => {
    assert.equal(readAmount('500', 'JPY')?.minor, 500n);
    assert.equal(readAmount('500.5', 'JPY'), undefined);
    assert.equal(readAmount('1,005', 'KWD')?.minor, 1005n);
  });

  test('the server’s faults land on their fields; what has none is not guessed', () => {
    assert.deepEqual(faultsOf({ errors: [{ path: 'card.expYear', message: 'expired-card' }] }), {
      'card.expiry': 'expired-card',
    });
    assert.deepEqual(faultsOf({ errors: [{ path: 'card.cvc', message: 'Invalid input' }] }), {
      'card.cvc': 'invalid',
    });
    assert.equal(faultsOf({ errors: [{ path: 'providerId', message: 'x' }] }), undefined);
  });
});
