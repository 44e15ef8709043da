/** What the script-tag file leaves out of Lit is cut from its text: another version of Lit has to be looked at again. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { lean, UNUSED_IN_LIT } from '../../scripts/lean-lit.ts';

const code = await readFile('node_modules/@lit/reactive-element/reactive-element.js', 'utf8');

test('every piece that is left out is there', () => {
  for (const [unused] of UNUSED_IN_LIT) assert.ok(code.includes(unused), unused);
});

test('none of them is left in what is published', () => {
  const left = lean(code).toString();
  for (const [unused] of UNUSED_IN_LIT) assert.ok(!left.includes(unused), unused);
});
