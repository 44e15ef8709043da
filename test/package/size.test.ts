import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { tsImport } from 'tsx/esm/api';
import { build, type Rolldown } from 'vite';
import { buildWithMaps } from '../../bench/browser.ts';
import { entryBytes, entrySource } from '../../bench/size.ts';
import * as settings from '../../vite.config.ts';

test('the script-tag file, as published, stays within 3.3 kB of brotli, and the element behind it within 13.2', async () => {
  const bytes = await entryBytes('kassa');
  assert.ok(bytes > 1_000 && bytes <= 3_300, `${bytes} bytes`);
  const whole = await entryBytes('kassa', 'chunks/whole-');
  // Less than Lit's own base class would mean that the element was shaken out of its own file.
  assert.ok(whole > 5_000 && whole <= 13_200, `${whole} bytes`);
});

const built = buildWithMaps('kassa');

test('both begin with the word that has them compiled while they come, and what is needed later does not', async () => {
  const hinted = (await built).flatMap((file) =>
    file.type === 'chunk' && file.code.startsWith('//# allFunctionsCalledOnLoad\n')
      ? [file.fileName.replace(/-[^-]+$/, '')]
      : [],
  );
  assert.deepEqual(hinted, ['kassa.js', 'chunks/whole']);
});

/** Of some modules either file holds a part: one of its events, one of its words, and what a language is. */
const IN_BOTH = ['element/events.ts', 'element/words/en.ts', 'model/languages.ts'];

test('what the first file hands on does not come a second time', async () => {
  const [kassa, ...chunks] = await built;
  assert.equal(kassa.fileName, 'kassa.js');
  const sourcesOf = (file: (typeof chunks)[number] | typeof kassa): readonly string[] =>
    file.type === 'chunk' ? (file.map?.sources ?? []).map((source) => source.replace(/^.*\/src\//, '')) : [];
  const first = new Set(sourcesOf(kassa));
  assert.ok(first.has('element/frame/making.ts'), 'sources are named like this');
  const again = chunks.flatMap(sourcesOf).filter((source) => first.has(source));
  assert.deepEqual([...new Set(again)].sort(), IN_BOTH);
});

/** What `scripts/build.ts` writes into dist/browser, by name. */
async function published({ scriptTag }: typeof settings): Promise<ReadonlyMap<string, string>> {
  const options = { ...scriptTag, logLevel: 'warn', build: { ...scriptTag.build, write: false } } as const;
  const { output } = (await build(options)) as Rolldown.RolldownOutput;
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : '']));
}

test('it and its chunks are the same bytes from whatever folder they are built', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kassa-elsewhere-'));
  try {
    const bundled = ['lit', 'lit-html', 'lit-element', '@lit', '@floating-ui'];
    const parts = ['src', 'scripts', 'vite.config.ts', 'tsconfig.json', 'package.json'];
    for (const part of [...parts, ...bundled.map((name) => join('node_modules', name))]) {
      await cp(part, join(folder, part), { recursive: true });
    }
    for (const tool of ['vite', 'magic-string', '@jridgewell']) {
      await symlink(resolve('node_modules', tool), join(folder, 'node_modules', tool));
    }
    const elsewhere = (await tsImport(
      pathToFileURL(join(folder, 'vite.config.ts')).href,
      import.meta.url,
    )) as typeof settings;
    assert.deepEqual(await published(elsewhere), await published(settings));
  } finally {
    await rm(folder, { recursive: true });
  }
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

/**
 * What one name of `kassa/server` costs a worker, minified. `import { z } from 'zod'` is an object that holds all of zod
 * with its forty languages, and no bundler can take it apart (460 kB); `import * as z` is taken apart.
 */
for (const [name, limit] of Object.entries({
  verifyWebhook: 105_000,
  verifyNixoWebhook: 115_500,
  verifyNxosWebhook: 121_000,
  createGateway: 134_500,
  createKassa: 155_000,
  createNixo: 130_000,
  createNxos: 135_000,
  createMemoryBook: 6_000,
  renderCashier: 3_000,
  toNodeHandler: 6_000,
})) {
  test(`${name} alone stays within ${limit / 1_000} kB`, async () => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: `export { ${name} } from './src/server/index.ts';`, resolveDir: '.' },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      logLevel: 'error',
    });
    const bytes = outputFiles[0]?.contents.length ?? 0;
    assert.ok(bytes > 500 && bytes <= limit, `${bytes} bytes`);
  });
}
