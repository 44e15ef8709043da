import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inLanes } from './lanes.ts';
import { liveLine } from './screen.ts';
import { runStage, totalsOf } from './stage.ts';
import type { Stage } from './stages.ts';
import { readLine, type TestEnd } from './told.ts';

const ended = (...ends: readonly TestEnd['end'][]): readonly TestEnd[] =>
  ends.map((end) => ({ name: end, ms: 1, end }));
const script = (text: string, unit?: Stage['unit']): Stage => ({
  name: 'script',
  ...(unit && { unit }),
  command: () => Promise.resolve([process.execPath, '--import=tsx', '--input-type=module', '-e', text]),
});

test('what is told is taken out of what is said', async () => {
  const told = script(
    `import { tell } from './test/run/told.ts';
    tell({ toDo: 2 });
    process.stdout.write('half a line ');
    tell({ test: { name: 'a', ms: 5, end: 'passed' } });
    tell({ done: 1 });
    console.error('in the end');`,
    'files',
  );
  const seen: string[] = [];
  const { totals, tests, output } = await runStage(told, ({ done, toDo }) => seen.push(`${done} of ${toDo}`));
  assert.deepEqual(totals, { passed: 1, failed: 0, skipped: 0 });
  assert.deepEqual(tests, [{ name: 'a', ms: 5, end: 'passed' }]);
  assert.deepEqual(output.split('\n').sort(), ['half a line ', 'in the end']);
  assert.equal(seen.at(-1), '1 of 2');
  assert.deepEqual(readLine('nothing to tell'), { words: 'nothing to tell' });
});

test('a runner that fails without a failed test, or that finds none, is one failure', async () => {
  assert.deepEqual(totalsOf(ended('passed', 'failed', 'failed', 'skipped'), 1), {
    passed: 1,
    failed: 2,
    skipped: 1,
  });
  assert.equal(totalsOf(ended('passed'), 1).failed, 1);
  assert.equal(totalsOf([], 0).failed, 1);
  const { totals, output } = await runStage(script('throw new Error("a fault")'), () => undefined);
  assert.deepEqual(totals, { passed: 0, failed: 1, skipped: 0 });
  assert.match(output, /a fault/);
});

test('a live line says how far a stage is, and for how long it has been at it', () => {
  const stage = script('', 'tests');
  assert.match(liveLine({ stage, done: 3, toDo: 71 }, 65_999), /^script +3 of 71 tests +1:05$/);
  assert.match(liveLine({ stage, done: 0, toDo: 0 }, 900), /^script +0:00$/);
});

test('a free lane takes the first stage that may begin, and none beside the one that it comes after', async () => {
  const stages = [script(''), script(''), { ...script(''), after: 'a' }, script('')].map((stage, at) => ({
    ...stage,
    name: ['a', 'b', 'after a', 'c'][at] ?? '',
  }));
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const all = inLanes(2, stages, (lane, { name }) => {
    begun.push(`${name} in ${lane}`);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  assert.deepEqual(begun, ['a in 0', 'b in 1']);
  await end('b');
  assert.deepEqual(begun.slice(2), ['c in 1']);
  await end('c');
  assert.equal(begun.length, 3);
  await end('a');
  assert.match(begun[3] ?? '', /^after a in/);
  await end('after a');
  assert.deepEqual(await all, ['b', 'c', 'a', 'after a']);
});
