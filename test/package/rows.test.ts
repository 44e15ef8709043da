import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRows } from '../rows.ts';

test('every requirement is cited by a test', async () => {
  const rows = await readRows();
  assert.equal(rows.length, 78);
  assert.deepEqual(
    rows.filter(({ tests }) => tests.length === 0).map(({ id }) => id),
    [],
  );
});
