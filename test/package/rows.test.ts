import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { MUTANTS } from '../mutants.ts';
import { readRows } from '../rows.ts';

test('every requirement is cited by a test', async () => {
  const rows = await readRows();
  assert.equal(rows.length, 78);
  assert.deepEqual(
    rows.filter(({ tests }) => tests.length === 0).map(({ id }) => id),
    [],
  );
});

test('every requirement has a mutant, whose line is there once', async () => {
  const rows = await readRows();
  assert.deepEqual(
    MUTANTS.map(({ row }) => row),
    rows.map(({ id }) => id),
  );
  for (const { row, file, find } of MUTANTS) {
    const source = await readFile(join('src', file), 'utf8');
    assert.equal(source.split(find).length, 2, `${row}: ${file} has "${find}" once`);
  }
});
