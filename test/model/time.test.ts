import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTime } from '../../src/model/time.ts';

//
describe('a time without a zone, in one that is named', () => {
  for (const [written, timeZone, utc] of [
    ['2024-08-01 12:34:56', 'UTC', '2024-08-01T12:34:56.000Z'],
    ['2024-08-01 12:34:56', 'Europe/Malta', '2024-08-01T10:34:56.000Z'],
    ['2024-01-01 12:34:56', 'Europe/Malta', '2024-01-01T11:34:56.000Z'],
    ['2024-01-01 00:10:00', 'America/New_York', '2024-01-01T05:10:00.000Z'],
    ['2024-12-31 23:50:00.5', 'Asia/Kathmandu', '2024-12-31T18:05:00.500Z'],
    // Summer time begins at 02:00 and ends at 03:00: one hour is never shown, another one twice
    ['2024-03-31 01:59:59', 'Europe/Malta', '2024-03-31T00:59:59.000Z'],
    ['2024-03-31 02:30:00', 'Europe/Malta', '2024-03-31T01:30:00.000Z'],
    ['2024-03-31 03:00:00', 'Europe/Malta', '2024-03-31T01:00:00.000Z'],
    ['2024-10-27 02:30:00', 'Europe/Malta', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27 03:00:00', 'Europe/Malta', '2024-10-27T02:00:00.000Z'],
    // What says its zone is believed
    ['2024-08-01T12:34:56Z', 'Europe/Malta', '2024-08-01T12:34:56.000Z'],
    ['2024-08-01T12:34:56+05:00', 'Europe/Malta', '2024-08-01T07:34:56.000Z'],
    [1_722_515_696, 'Europe/Malta', '2024-08-01T12:34:56.000Z'],
  ] as const) {
    test(`${written}, ${timeZone}: ${utc}`, () => assert.equal(readTime(written, timeZone), utc));
  }
});
