/** Where Node looks for the sandbox's packages when the project has none of them. `npm run examples -- layouts` installs such ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialize, resolve } from '../../src/sandbox/beside.ts';

const CACHE = 'file:///home/ada/.cache/kassa/0.1.0/x.js';
const PROJECT = 'file:///shop/node_modules/kassa/dist/sandbox/app.js';

type Next = Parameters<typeof resolve>[2];

/** A loader that finds nothing in the project, and says so by this code. */
const findsOnlyInCache =
  (code: string): Next =>
  (specifier, context) => {
    if (context?.parentURL !== CACHE) throw Object.assign(new Error(specifier), { code });
    return Promise.resolve({ url: `file:///found/${specifier}` });
  };
const ASKED = { conditions: [], importAttributes: {}, importAssertions: {}, parentURL: PROJECT };
const find = (specifier: string, code: string) => resolve(specifier, ASKED, findsOnlyInCache(code));

test('what is missing is looked for in the cache, in the words of Node and of yarn’s Plug’n’Play', async () => {
  await initialize({ folder: CACHE });
  for (const code of ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']) {
    assert.equal((await find('hono', code)).url, 'file:///found/hono');
  }
});

test('a file of the package’s own that is missing, and every other fault, is said as it is', async () => {
  await assert.rejects(async () => find('./lost.js', 'ERR_MODULE_NOT_FOUND'), /\.\/lost\.js/);
  await assert.rejects(async () => find('hono', 'ERR_PACKAGE_PATH_NOT_EXPORTED'), /hono/);
});
