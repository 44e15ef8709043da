/** What is too large is known without reading all of it, and what is within the limit is never taken for more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEEPEST_MESSAGE, MAX_MESSAGE_LENGTH } from '../../src/protocol/messages.ts';
import { isHeavy } from '../../src/protocol/weight.ts';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const cyclic: Record<string, unknown> = {};
cyclic.again = cyclic;

// T22
test('long, wide, deep and cyclic data is heavy, and so is what is no plain JSON', () => {
  const long = 'x'.repeat(MAX_MESSAGE_LENGTH + 1);
  const heavy = {
    'a text': long,
    'a text inside': { d: { code: long } },
    'a name': { [long]: 1 },
    'many items': Array.from({ length: MAX_MESSAGE_LENGTH + 1 }, () => 1),
    'an array of nothing': new Array(1_000_000_000),
    'many names': Object.fromEntries(Array.from({ length: MAX_MESSAGE_LENGTH }, (_, at) => [`a${at}`, 1])),
    'many small texts': Array.from({ length: 30_000 }, () => 'abc'),
    deep: nested(DEEPEST_MESSAGE + 1),
    cyclic,
    bytes: new ArrayBuffer(8),
    numbers: new Float64Array(1),
    map: new Map(),
    set: new Set(),
    date: new Date(0),
  };
  for (const [what, value] of Object.entries(heavy)) assert.ok(isHeavy(value), what);
});

test('whatever is within the limit as JSON is not heavy', () => {
  for (const light of [
    '',
    'x'.repeat(MAX_MESSAGE_LENGTH - 2),
    null,
    undefined,
    1,
    nested(DEEPEST_MESSAGE - 1),
  ]) {
    assert.ok(!isHeavy(light));
  }
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: DEEPEST_MESSAGE - 2 }), (value) => {
      const sized = (pad: string): object => ({ pad, value });
      const rest = MAX_MESSAGE_LENGTH - JSON.stringify(sized('')).length;
      assert.equal(isHeavy(sized('y'.repeat(rest))), false);
    }),
    { numRuns: 1_000 },
  );
});

test('no more of it is looked at than a message may have', () => {
  let looked = 0;
  const watched = new Proxy(
    Array.from({ length: 60_000 }, () => 'texts'),
    {
      get(target, name) {
        looked += 1;
        return Reflect.get(target, name) as unknown;
      },
    },
  );
  assert.ok(isHeavy(watched));
  // One of five characters each, and what an array asks about itself.
  assert.ok(looked < 2_000, `${looked} looks`);
});
