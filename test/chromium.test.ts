import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { FEATURES_OFF } from './chromium.ts';

test('what Playwright switches off in a browser stays off', async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const source = await readFile(join(folder, 'lib/coreBundle.js'), 'utf8');
  const list = /disabledFeatures = \[([^\]]+)\]/.exec(source)?.[1] ?? '';
  const its = list.replace(/\/\/.*/g, '').match(/\w+(?=")/g);
  assert.ok(its && its.length > 5, 'Playwright keeps its list elsewhere now: look there.');
  for (const name of its)
    assert.ok(
      FEATURES_OFF.some((off) => off === name),
      name,
    );
});
