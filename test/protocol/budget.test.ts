/** What a frame may cost the page: nothing that a real page says comes near, and a storm is over at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUDGET, type Cost, openBudget } from '../../src/protocol/budget.ts';
import { column, readPage } from '../docs/pages.ts';

/** How many of a kind are heard, of so many that come at this pace. */
function heard(
  cost: Cost,
  { times, perSecond }: { readonly times: number; readonly perSecond: number },
): number {
  let now = 0;
  const afford = openBudget(() => now);
  let count = 0;
  for (; count < times; count += 1) {
    if (!afford(cost)) break;
    now += 1_000 / perSecond;
  }
  return count;
}

const AT_ONCE = 1e9;

// E12, T22
test('a storm is cut off after so many at once', () => {
  assert.equal(heard('message', { times: 100_000, perSecond: AT_ONCE }), 5_000);
  assert.equal(heard('hello', { times: 20_000, perSecond: AT_ONCE }), 200);
  assert.equal(heard('heavy', { times: 20, perSecond: AT_ONCE }), 5);
});

test('a page that tells its height with each image of the fastest screen is heard for hours', () => {
  const hours = 3 * 60 * 60 * 360;
  assert.equal(heard('message', { times: hours, perSecond: 360 }), hours);
});

test('what has waited while the page was busy for ten seconds is heard', () => {
  assert.equal(heard('message', { times: 10 * 360, perSecond: AT_ONCE }), 10 * 360);
  assert.equal(heard('hello', { times: 60, perSecond: AT_ONCE }), 60);
});

test('a clock that stands or goes back gives nothing, and takes little', () => {
  let now = 0;
  const afford = openBudget(() => now);
  for (let count = 0; count < BUDGET.atOnce; count += 1) assert.ok(afford('message'));
  assert.ok(!afford('message'));
  now = 1_000;
  assert.ok(afford('message'));
});

test('the specification names these limits', async () => {
  const page = await readPage('docs/protocol.md');
  const { message, hello, heavy } = BUDGET.costs;
  const costs = column(page, 'what comes', 1).map((text) => Number(text.replace(',', '')));
  assert.deepEqual(costs, [message, hello, heavy]);
  const number = (value: number): string => value.toLocaleString('en');
  assert.ok(page.includes(`starts with ${number(BUDGET.atOnce)}, and ${number(BUDGET.perSecond)} come back`));
});
