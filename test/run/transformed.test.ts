/** `npm test` runs what is transformed, a person one file through tsx: a test sees no difference. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createKassa } from 'kassa/server';
import { createKassa as fromSource } from '../../src/server/index.ts';

interface Lines {
  readonly gone: 'in JavaScript';
  readonly before: 'what is thrown';
}

test('a module is where its source is, and its stack names the lines that a person wrote', async () => {
  const file = fileURLToPath(import.meta.url);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const place: Lines['gone'] = 'in JavaScript';
  const { stack = '' } = new Error(place); // the line
  const line = lines.findIndex((text) => text.endsWith('// the line')) + 1;
  assert.ok(stack.includes(`${file}:${line}:`), stack);
});

test('a module is there once, by whatever name it is imported', () => {
  assert.equal(createKassa, fromSource);
});
