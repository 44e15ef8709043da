/** JSON of others: a number that JavaScript cannot keep comes as the text that it was. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../src/wire/json.ts';

describe('a number that a double cannot hold', () => {
  for (const number of [
    '12345678901234567890',
    '-9007199254740993',
    '0.1234567890123456789',
    '10000000000000.000001',
    '1e400',
    '-1E-400',
    '2.5e+308999',
  ]) {
    test(`${number} is read as it was written, wherever it stands`, () => {
      for (let shift = 0; shift < 40; shift += 1) {
        const pad = 'x'.repeat(shift);
        assert.deepEqual(parseJson(`{"${pad}":[${number},"after"]}`), { [pad]: [number, 'after'] });
        assert.deepEqual(parseJson(`["${pad}",${number}]`), [pad, number]);
      }
      const depth = 100_000;
      let deep: unknown = parseJson(`${'['.repeat(depth)}${number}${']'.repeat(depth)}`);
      while (Array.isArray(deep)) deep = (deep as unknown[])[0];
      assert.equal(deep, number);
      assert.equal(parseJson(number), number);
    });
  }

  test('a number that it can hold stays one, and texts stay as they are', () => {
    const text =
      '{"a":200.05,"b":123456789012345,"c":1.50000000000000000000,"d":"12345678901234567890","e":1e21,"f":"1e400"}';
    assert.deepEqual(parseJson(text), {
      a: 200.05,
      b: 123_456_789_012_345,
      c: 1.5,
      d: '12345678901234567890',
      e: 1e21,
      f: '1e400',
    });
  });

  test('whatever the number and what stands around it, every digit is kept', () => {
    const digits = (most: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: most }).map((it) => it.join(''));
    const anyNumber = fc
      .tuple(fc.constantFrom('', '-'), digits(24), digits(24))
      .map(([sign, whole, fraction]) => `${sign}1${whole}${fraction === '' ? '' : `.${fraction}`}`);
    const anyPad = fc.string({ unit: fc.constantFrom('x', '7', '.', ' '), maxLength: 40 });
    fc.assert(
      fc.property(anyPad, anyNumber, anyPad, (before, number, behind) => {
        const [first, read, last] = parseJson(`["${before}",${number},"${behind}"]`) as unknown[];
        assert.deepEqual([first, last], [before, behind]);
        if (typeof read === 'string') assert.equal(read, number);
        // What is still a number says all that was written, but for zeros that say nothing.
        else assert.equal(placesOf(String(read)), placesOf(number));
      }),
      { numRuns: 5_000 },
    );
  });
});

/** As whole units of the 24th place behind the point. */
function placesOf(number: string): bigint {
  const [whole = '', fraction = ''] = number.split('.');
  return BigInt(whole + fraction.padEnd(24, '0'));
}
