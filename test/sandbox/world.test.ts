/** Chance, drawn for many at once: no byte twice, and none left out of what was asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inAdvance } from '../../src/sandbox/world.ts';

test('each byte is given once, in as few draws as that takes', () => {
  let draws = 0;
  let next = 0;
  const random = inAdvance((length) => {
    draws += 1;
    return Uint8Array.from({ length }, () => (next += 1) % 256);
  });
  const given: number[] = [];
  for (let asked = 0; asked < 80; asked += 1) given.push(...random(50));
  assert.equal(draws, 1);
  assert.deepEqual(
    given,
    Array.from({ length: 4_000 }, (_, at) => (at + 1) % 256),
  );
  const kept = random(10);
  const copy = [...kept];
  kept.fill(0);
  assert.notDeepEqual([...random(10)], [...kept]);
  assert.deepEqual(
    copy,
    [...Array(10).keys()].map((at) => (4_001 + at) % 256),
  );
});

test('what is asked is what comes, also when it is more than is drawn at once', () => {
  const random = inAdvance((length) => new Uint8Array(length));
  for (const length of [0, 1, 4_096, 4_097, 100_000, 3]) assert.equal(random(length).length, length);
});
