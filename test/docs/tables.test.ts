/** What the pages list is what there is: each table is held against the code, so that neither can go on without the other. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { OUTCOME_KINDS } from '../../src/model/outcome.ts';
import { column, readPage } from './pages.ts';

const read = (path: string): Promise<string> => readFile(path, 'utf8');
const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();
const [tag, events, theming, cashier] = await Promise.all([
  readPage('docs/tag.md'),
  readPage('docs/events.md'),
  readPage('docs/theming.md'),
  read('src/element/cashier-element.ts'),
]);

/** Every first group of a pattern. */
const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

test('every attribute of the tag, and no other', async () => {
  const table =
    /interface CashierAttributes \{([^]*?)\n\}/.exec(await read('src/element/attributes.ts'))?.[1] ?? '';
  const attributes = all(table, /^ {2}'?([a-z-]+)'?\?:/gm);
  assert.ok(attributes.length > 8);
  assert.deepEqual(sorted(column(tag, 'attribute')), sorted(attributes));
});

test('every property that is no attribute, and every method', async () => {
  const settable = all(await read('src/element/attributes.ts'), /CashierProperty = ([^;]+);/g).join();
  const readable = all(cashier, /^ {2}get (\w+)\(/gm);
  assert.deepEqual(sorted(column(tag, 'property')), sorted([...all(settable, /'(\w+)'/g), ...readable]));
  const methods = all(cashier, /^ {2}(?!protected|override|static|get )(\w+)\(\): /gm);
  assert.deepEqual(sorted(column(tag, 'method')), sorted(methods.map((name) => `${name}()`)));
});

test('every event is dispatched, and every event dispatched is in the table', async () => {
  const dispatched = all(await read('src/element/events.ts'), /'(kassa-[a-z]+)': /g);
  assert.ok(dispatched.length > 0);
  assert.deepEqual(sorted(column(events, 'event')), sorted(dispatched));
});

test('every end that a session can have', () => {
  assert.deepEqual(sorted(column(events, '`outcome.kind`')), sorted(OUTCOME_KINDS));
});

test('every custom property, part, slot and state', async () => {
  const look = await Promise.all(
    ['shell/styles.ts', 'shell/overlay-styles.ts', 'look/theme.ts', 'trouble/card-styles.ts'].map((file) =>
      read(`src/element/${file}`),
    ),
  );
  const used = all(look.join(), /--(kassa-[a-z-]*[a-z])/g);
  const listed = all(theming, /`--(kassa-[a-z-]+)`/g);
  // The seed and what reaches the frame are read by name.
  for (const name of used) assert.ok(listed.includes(name), `--${name} is not on the page`);
  const names = (kind: string): readonly string[] =>
    all(new RegExp(`^\\| ${kind} +\\|(.*)\\|$`, 'm').exec(theming)?.[1] ?? '', /`([a-z]+)`/g);
  assert.deepEqual(sorted(names('part')), sorted(all(cashier, /@csspart (\w+)/g)));
  assert.deepEqual(sorted(names('slot')), sorted(all(cashier, /@slot (\w+)/g)));
  const phases = /type Phase = ([^;]+);/.exec(await read('src/element/machine/state.ts'))?.[1] ?? '';
  assert.deepEqual(sorted(names('state')), sorted(all(phases, /'(\w+)'/g)));
});
