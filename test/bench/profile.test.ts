import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CallFrame, profileOf } from '../../bench/profile.ts';

const at = (functionName: string, url = ''): CallFrame => ({
  functionName,
  url,
  lineNumber: 0,
  columnNumber: 0,
});

test('a profile names what takes the most of the time that was not idle, over all runs', () => {
  const first = {
    nodes: [
      { id: 1, callFrame: at('(idle)') },
      { id: 2, callFrame: at('parse', 'file:///dist/json.js') },
      { id: 3, callFrame: at('(program)') },
    ],
    samples: [1, 1, 2, 3, 3, 3],
  };
  // The numbers of the nodes are each run's own.
  const second = {
    nodes: [
      { id: 1, callFrame: at('parse', 'file:///dist/json.js') },
      ...['', 'b', 'c', 'd', 'e'].map((name, place) => ({ id: place + 2, callFrame: at(name, 'a.js') })),
    ],
    samples: [1, 1, 1, 2, 3, 4, 5],
  };
  const { samples, top } = profileOf('both', [first, second]);
  assert.equal(samples, 11);
  assert.equal(top.length, 5);
  assert.deepEqual(top.slice(0, 3), [
    { where: 'parse, json.js', share: 4 / 11 },
    { where: '(program)', share: 3 / 11 },
    { where: '(anonymous), a.js', share: 1 / 11 },
  ]);
});

test('what was made smaller is named by where it was written', () => {
  const nodes = [{ id: 1, callFrame: at('t', 'kassa.js') }];
  const { top } = profileOf('small', [{ nodes, samples: [1] }], ({ url }) => `source of ${url}`);
  assert.deepEqual(top, [{ where: 'source of kassa.js', share: 1 }]);
});
