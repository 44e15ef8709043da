/** No link of the documentation leads nowhere, and no page of it is out of reach. The site's build looks at them too. */
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { anchorsOf, pagePaths, readPage, withoutCode } from './pages.ts';

interface Link {
  readonly from: string;
  readonly to: string;
  readonly anchor: string | undefined;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function linksOf(from: string, text: string): readonly Link[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#');
      // On the site, the root holds what is in `public`.
      const place = path.startsWith('/') ? join('docs/public', path) : join(dirname(from), path);
      return { from, to: path === '' ? from : normalize(place), anchor };
    });
}

const paths = await pagePaths();
const links = (await Promise.all(paths.map(async (path) => linksOf(path, await readPage(path))))).flat();

test('every link leads to a file that is there, and to a heading of it', async () => {
  assert.ok(links.length > 30, `${links.length} links`);
  const dead: string[] = [];
  for (const { from, to, anchor } of links) {
    if (!(await isThere(to))) dead.push(`${from}: ${to}`);
    else if (anchor !== undefined && !anchorsOf(await readFile(to, 'utf8')).includes(anchor))
      dead.push(`${from}: ${to}#${anchor}`);
  }
  assert.deepEqual(dead, []);
});

test('the site shows no page that is outside of it', () => {
  const outside = links.filter(({ from, to }) => from.startsWith('docs/') && !to.startsWith('docs/'));
  assert.deepEqual(outside, []);
});

test('code that a page shows from another file is there', async () => {
  const dead: string[] = [];
  for (const path of paths) {
    for (const [, file = ''] of (await readPage(path)).matchAll(/^<<< (\S+)/gm)) {
      if (!(await isThere(join(dirname(path), file)))) dead.push(`${path}: ${file}`);
    }
  }
  assert.deepEqual(dead, []);
});

test('the README leads to every page, or to one that does', () => {
  const reached = new Set(['README.md']);
  // A set goes on to what is added while it is walked.
  for (const page of reached) for (const { from, to } of links) if (from === page) reached.add(to);
  const lost = paths.filter((path) => !reached.has(path) && path !== 'docs/index.md');
  assert.deepEqual(lost, []);
});
