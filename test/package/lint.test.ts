/** What this house refuses (`lint/house.js`) is refused by `npm test`, in the folders where it is meant. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kassa-lint-'));
  await cp('.oxlintrc.json', join(folder, '.oxlintrc.json'));
  await cp('lint', join(folder, 'lint'), { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
});
after(() => rm(folder, { recursive: true }));

interface Linted {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

/** The house's own rules that are broken by one and the same text in each of the files. */
async function brokenIn(files: readonly string[], text: string): Promise<Record<string, readonly string[]>> {
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const said = await promisify(execFile)(resolve('node_modules/.bin/oxlint'), ['--format=json', ...files], {
    cwd: folder,
  }).catch((error: unknown) => error as { stdout: string });
  const { diagnostics } = JSON.parse(said.stdout) as Linted;
  const codesOf = (file: string): readonly string[] =>
    diagnostics.flatMap(({ code, filename }) => (filename === file && code.startsWith('house') ? code : []));
  return Object.fromEntries(files.map((file) => [file, codesOf(file)]));
}

// C-04
test('no float is made of money, anywhere in the source', async () => {
  const files = [
    'src/model/money.ts',
    'src/server/gateway/orders.ts',
    'src/sandbox/gateway/rules.ts',
    'src/element/events.ts',
  ];
  const text = `export const floats = [parseFloat('1'), Number.parseFloat('1'), (1).toFixed(2)];`;
  const each = Array<string>(3).fill('house(no-float-money)');
  assert.deepEqual(
    await brokenIn([...files, 'test/model/money.test.ts'], text),
    Object.fromEntries([...files.map((file) => [file, each]), ['test/model/money.test.ts', []]]),
  );
});

test('no origin is compared in part', async () => {
  const text = `export const isOurs = [location.origin.startsWith('https://a'), /a/.test(location.origin)];`;
  assert.deepEqual(await brokenIn(['src/element/frame/frame.ts'], text), {
    'src/element/frame/frame.ts': Array<string>(2).fill('house(no-part-of-origin)'),
  });
});

test('where rules are decided, time and chance are passed in', async () => {
  const text = 'export const now = [Date.now(), new Date(), new Date(0), Math.random()];';
  assert.deepEqual(await brokenIn(['src/element/machine/step.ts', 'src/element/life.ts'], text), {
    'src/element/machine/step.ts': Array<string>(3).fill('house(no-wall-clock)'),
    'src/element/life.ts': [],
  });
});
