/** What the pages list is what there is: each table is held against the code, so that neither can go on without the other. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { OUTCOME_KINDS } from '../../src/model/outcome.ts';
import { TEST_CARDS } from '../../src/sandbox/gateway/cards.ts';
import { column, pagePaths, readPage } from './pages.ts';

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

test('every field of an order, and every option of createKassa', async () => {
  const backend = await readPage('docs/backend.md');
  const fieldsOf = (text: string): readonly string[] => all(text, /^ {2}(?:readonly )?(\w+)\??:/gm);
  const [orders, shopOrder, kassa, origin] = await Promise.all([
    read('src/wire/gateway/orders.ts'),
    read('src/server/routes/shop-order.ts'),
    read('src/server/routes/kassa.ts'),
    read('src/server/routes/origin.ts'),
  ]);
  const bodyOf = (text: string, start: RegExp): string =>
    new RegExp(`${start.source}[^]*?\\n\\}`).exec(text)?.[0] ?? '';
  const ordered = [
    ...fieldsOf(bodyOf(orders, /const orderFields = \{/)),
    ...all(bodyOf(orders, /const cashierOrder = /), /^ {4}(\w+):/gm),
    ...fieldsOf(bodyOf(shopOrder, /type ShopOrder = /)),
  ];
  assert.ok(ordered.length > 10);
  assert.deepEqual(sorted(column(backend, 'field')), sorted(new Set(ordered)));
  const options = [
    ...fieldsOf(bodyOf(kassa, /interface KassaOptions/)),
    ...fieldsOf(bodyOf(origin, /interface OriginOptions \{/)),
  ];
  assert.deepEqual(sorted(column(backend, 'option')), sorted(options));
});

test('every test card that a page names is one of the sandbox, and does what is said', async () => {
  const known = new Map(TEST_CARDS.map(({ number, effect }) => [number, effect]));
  const cards = (await Promise.all((await pagePaths()).map(readPage))).flatMap((text) =>
    all(text, /(?<!\d)(\d{4} \d{4} \d{4} \d{4})/g),
  );
  assert.ok(cards.length > 5);
  for (const card of cards) assert.ok(known.has(card.replaceAll(' ', '')), card);
  const start = await readPage('docs/start/index.md');
  for (const [index, card] of column(start, 'card').entries()) {
    const does = known.get(card.replaceAll(' ', '')) ?? '';
    const [word = ''] = column(start, 'card', 1)[index]?.split(/[ :,]/) ?? [];
    assert.ok(does.startsWith(word), `${card}: ${does}`);
  }
});
