import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { released } from '../../scripts/released.ts';

const changelog = await readFile('CHANGELOG.md', 'utf8');

test('a release dates what was unreleased, keeps each line, and leaves room for the next', () => {
  const next = released(changelog, '9.9.9', '2026-11-28');
  assert.match(next, /^## Unreleased\n\n## 9\.9\.9 · 2026-11-28\n\n- /m);
  assert.equal(next.replace('\n## 9.9.9 · 2026-11-28\n', ''), changelog);
});

test('nothing to release, no place for it, and a version that is there are refused', () => {
  assert.throws(() => released('# Changelog\n', '1.0.0', '2026-11-28'), /no, or more than one/);
  assert.throws(
    () => released('## Unreleased\n\n## 0.1.0 · 2026-11-01\n\n- a\n', '1.0.0', '2026-11-28'),
    /nothing/,
  );
  const once = '## Unreleased\n\n- b\n\n## 1.0.0 · 2026-11-01\n\n- a\n';
  assert.throws(() => released(once, '1.0.0', '2026-11-28'), /already/);
});
