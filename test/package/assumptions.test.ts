/** What no document says is said in the documentation, whole, and each option that replaces a choice exists. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { ENDPOINTS } from '../../src/server/gateway/profile.ts';
import { ASSUMPTIONS, sectionOf } from './assumptions.ts';

// C-07
test('the page lists every assumption, as the profile has it', async () => {
  const page = await readFile('docs/assumptions.md', 'utf8');
  for (const system of Object.keys(ASSUMPTIONS) as (keyof typeof ASSUMPTIONS)[]) {
    assert.ok(page.includes(sectionOf(system)), `the page should say:\n${sectionOf(system)}`);
  }
});

// C-07
test('every option that it names is one', async () => {
  const read = (file: string): Promise<string> => readFile(file, 'utf8');
  const sources = {
    Gateway: [
      'src/server/gateway/options.ts',
      'src/server/http/client-options.ts',
      'src/element/cashier-element.ts',
    ],
    Nixo: ['src/server/nixo/options.ts', 'src/server/http/client-options.ts', 'src/server/nixo/webhooks.ts'],
    Nxos: ['src/server/nxos/options.ts'],
  };
  for (const [system, files] of Object.entries(sources)) {
    const source = (await Promise.all(files.map(read))).join('\n');
    for (const { option } of ASSUMPTIONS[system as keyof typeof ASSUMPTIONS]) {
      if (option !== undefined) assert.match(source, new RegExp(`\\b${option}\\??:`), `${system}: ${option}`);
    }
  }
  assert.equal(Object.keys(ENDPOINTS).length, 8);
});
