import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { splitDays } from '../../../src/server/gateway/date-windows.ts';
import { InputError } from '../../../src/server/errors.ts';

const DAY_MS = 86_400_000;
const iso = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** `DD-MM-YYYY` as a number of days. */
const dayOf = (text: string): number => {
  const [day, month, year] = text.split('-').map(Number);
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day) / DAY_MS;
};

// G-16, A-8
describe('a range of days', () => {
  test('is written day first, in windows of at most a week', () => {
    assert.deepEqual(splitDays({ from: '2024-08-01', to: '2024-08-01' }), [
      { from: '01-08-2024', to: '01-08-2024' },
    ]);
    assert.deepEqual(splitDays({ from: '2024-02-26', to: '2024-03-05' }), [
      { from: '26-02-2024', to: '03-03-2024' },
      { from: '04-03-2024', to: '05-03-2024' },
    ]);
  });

  test('is covered by its windows, each day once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 400 }), (first, length) => {
        const windows = splitDays({ from: iso(first), to: iso(first + length) });
        let next = first;
        for (const { from, to } of windows) {
          assert.equal(dayOf(from), next);
          assert.ok(dayOf(to) - dayOf(from) <= 6);
          next = dayOf(to) + 1;
        }
        assert.equal(next, first + length + 1);
      }),
    );
  });

  test('that is none is refused by name', () => {
    for (const [from, to, path] of [
      ['2024-02-30', '2024-03-01', /from/],
      ['01-08-2024', '2024-08-02', /from/],
      ['2024-08-01', 'today', /to/],
      ['2024-08-02', '2024-08-01', /to: lies before/],
      ['0204-08-01', '2024-08-01', /from: lies more than 100 years before "to"/],
      ['2024-08-01', '9999-12-31', /from: lies more than 100 years before "to"/],
    ] as const) {
      assert.throws(
        () => splitDays({ from, to }),
        (error: unknown) => error instanceof InputError && path.test(error.message),
      );
    }
  });
});
