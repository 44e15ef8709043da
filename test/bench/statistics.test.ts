/** What the benches conclude from what they measured. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, type Point, ratioOfMedians, seeded, shuffled, slopeOf } from '../../bench/statistics.ts';

test('a median is the middle one, or between the middle two', () => {
  assert.equal(median([3, 100, 1]), 3);
  assert.equal(median([4, 1, 100, 2]), 3);
});

test('a ratio is of medians, its interval of whole rounds: what a round suffered, both suffered', () => {
  // Each round twice as slow as the one before, and the ratio the same in all of them.
  const floor = Array.from({ length: 10 }, (_, round) => 2 ** round);
  const { value, low, high } = ratioOfMedians(
    floor.map((time) => 3 * time),
    floor,
    seeded(1),
  );
  assert.deepEqual([value, low, high], [3, 3, 3]);
});

const roundsOf = (count: number, valueAt: (size: number) => number): readonly (readonly Point[])[] =>
  Array.from({ length: count }, () => [1, 10, 100].map((size) => [size, valueAt(size)] as const));
const close = (found: number, wanted: number): void =>
  assert.ok(Math.abs(found - wanted) < 1e-9, `${found} is not ${wanted}`);

test('a linear slope is what one more costs', () => {
  const { value, low, high } = slopeOf(
    roundsOf(5, (size) => 40 + 22 * size),
    'linear',
    seeded(1),
  );
  for (const found of [value, low, high]) close(found, 22);
});

test('a slope on the log scale is what ten times as many cost', () => {
  const { value, low, high } = slopeOf(
    roundsOf(5, (size) => 130 + 7 * Math.log10(size)),
    'log',
    seeded(1),
  );
  for (const found of [value, low, high]) close(found, 7);
});

test('one round that was disturbed moves neither a slope nor its sign', () => {
  const random = seeded(2);
  const rounds = roundsOf(20, (size) => 5 * size + random());
  const { value } = slopeOf([...rounds, [[1, 90_000]]], 'linear', seeded(3));
  assert.ok(Math.abs(value - 5) < 0.02, String(value));
});

test('an interval holds what there is none of, and is the same for the same seed', () => {
  const random = seeded(4);
  const rounds = roundsOf(20, () => 100 + random());
  const found = slopeOf(rounds, 'log', seeded(5));
  assert.ok(found.low < found.value && found.value < found.high);
  assert.ok(found.low <= 0 && found.high >= 0, JSON.stringify(found));
  assert.deepEqual(slopeOf(rounds, 'log', seeded(5)), found);
});

test('rounds of one size each have a slope as well, of one size alone there is none', () => {
  const { low, high } = slopeOf([[[0, 7]], [[1, 9]], [[2, 11]]], 'linear', seeded(6));
  close(low, 2);
  close(high, 2);
  assert.throws(() => slopeOf([[[1, 7]], [[1, 8]]], 'linear'), /two sizes/);
});

test('an order of chance has each once, and is the same for the same seed', () => {
  const items = ['a', 'b', 'c', 'd', 'e'];
  const found = shuffled(items, seeded(7));
  assert.deepEqual([...found].sort(), items);
  assert.notDeepEqual(found, items);
  assert.deepEqual(shuffled(items, seeded(7)), found);
});
