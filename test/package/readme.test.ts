/** What the README shows is what there is: its tables are held against the code, its commands against package.json. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const readme = await readFile('README.md', 'utf8');
const lines = readme.split('\n');

/** The first column of the table whose head begins with this word. */
function column(head: string): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith(`| ${head}`));
  assert.ok(start >= 0, `the README has a table "${head}"`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) => /`([^`]+)`/.exec(line)?.[1] ?? line);
}

test('the first code stands within twelve lines, the whole within 180', () => {
  assert.ok(lines.findIndex((line) => line.startsWith('```')) < 12);
  assert.ok(lines.length <= 180, `${lines.length} lines`);
});

test('its commands are scripts of the package', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const [, name = ''] of readme.matchAll(/npm (?:run )?(start|test|sandbox|bench|build|[a-z]+)\b/g)) {
    if (['ci', 'install', 'i'].includes(name)) continue;
    assert.ok(name in scripts, `npm run ${name}`);
  }
});

test('every event of the table is dispatched, and every event dispatched is in the table', async () => {
  const source = await readFile('src/element/events.ts', 'utf8');
  const dispatched = [...source.matchAll(/'(kassa-[a-z]+)': /g)].map(([, name]) => name);
  assert.ok(dispatched.length > 0);
  assert.deepEqual([...column('event')].sort(), dispatched.sort());
});
