import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryBytes, entrySource } from '../../bench/size.ts';

test('the script-tag file stays within 11 kB of brotli', async () => {
  const bytes = await entryBytes('kassa');
  assert.ok(bytes <= 11_000, `${bytes} bytes`);
  // Less than Lit's own base class would mean that the element was shaken out of its own file.
  assert.ok(bytes > 5_000, `${bytes} bytes`);
});

// G-01, G-30, T41
test('no schema library, API client or key is in the browser build', async () => {
  const source = await entrySource('kassa');
  for (const foreign of ['ZodError', 'x-api-key', 'dev_kassa', 'spg_test', 'sk_sandbox', 'card_number']) {
    assert.ok(!source.includes(foreign), foreign);
  }
});

test('the frame’s end of the protocol stays within 3 kB of brotli', async () => {
  const bytes = await entryBytes('protocol');
  assert.ok(bytes <= 3_000, `${bytes} bytes`);
  assert.ok(bytes > 1_000, `${bytes} bytes`);
});
