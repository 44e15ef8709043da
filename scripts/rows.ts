/**
 * `npm run rows`: each requirement and the tests that prove it; fails when one has none. `npm run rows -- prove` breaks the
 * code for each, and sees that they notice.
 */
import { readRows } from '../test/rows.ts';

if (process.argv[2] === 'prove') {
  await import('./prove-rows.ts');
  process.exit();
}
const rows = await readRows();
for (const { id, title, tests } of rows) {
  console.log(`${id}  ${title}`);
  for (const test of tests) console.log(`      ${test}`);
  if (tests.length === 0) console.log('      NO TEST');
}
const bare = rows.filter(({ tests }) => tests.length === 0);
console.log(`\n${rows.length} rows, ${bare.length} without a test`);
process.exitCode = bare.length > 0 ? 1 : 0;
