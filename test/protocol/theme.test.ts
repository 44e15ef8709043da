import assert from 'node:assert/strict';
import { test } from 'node:test';
import { THEMED } from '../../src/element/look/surroundings.ts';
import { THEME_COLORS, themeToken } from '../../src/protocol/theme.ts';

test('a token is a known name with a plain value', () => {
  for (const token of [
    ['accent', '#2547d0 #9fb2ff'],
    ['radius', '12px'],
    ['font', '"Inter", system-ui, sans-serif'],
  ]) {
    assert.ok(themeToken.accepts(token), String(token));
  }
});

// T15
test('nothing that could be CSS of another kind passes', () => {
  for (const token of [
    ['accent', 'red'],
    ['accent', '#2547d0'],
    ['accent', '#2547d0 #9fb2ff; background: url(//evil.test)'],
    ['accent', 'var(--x) #9fb2ff'],
    ['radius', '1e9px'],
    ['radius', 'calc(1px)'],
    ['font', 'x; } body { display: none'],
    ['font', 'url(https://evil.test/f.woff2)'],
    ['font', ''],
    ['display', 'none'],
    ['__proto__', '#2547d0 #9fb2ff'],
    ['accent'],
    ['accent', '#2547d0 #9fb2ff', 'more'],
    'accent',
    null,
  ]) {
    assert.ok(!themeToken.accepts(token), JSON.stringify(token));
  }
});

test('the element watches exactly the properties that have a token, and the seed', () => {
  assert.deepEqual([...THEMED].sort(), [...Object.keys(THEME_COLORS), 'radius', 'font', 'seed'].sort());
});
