/** The package as published: built, packed, and looked at by the tools that know what breaks for users. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build, type Rolldown } from 'vite';
import { PACKAGES } from '../../src/sandbox/install.ts';
import { createGateway } from '../../src/server/gateway/client.ts';
import { order } from '../fixtures/order.ts';
import { until } from '../patience.ts';

const run = promisify(execFile);

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}
interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;
let manifest: Manifest;

before(async () => {
  manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
  folder = await mkdtemp(join(tmpdir(), 'kassa-pack-'));
  await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  [packed] = JSON.parse(stdout) as [Packed];
});
after(() => rm(folder, { recursive: true }));

// G-31
test('every entry can be imported in Node, where there is no window', async () => {
  // The script-tag file is for pages alone.
  const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'string' || name === './kassa.js' ? [] : [[name, pathToFileURL(target.default).href]],
  );
  // In one process: none of them gives the next one a window.
  const script = `for (const [name, url] of ${JSON.stringify(entries)}) {
    await import(url).catch((error) => { throw new Error(name, { cause: error }); });
    if ('window' in globalThis) throw new Error(name + ' made a window');
  }`;
  await run(process.execPath, ['--input-type=module', '-e', script]);
});

// B9
test('an entry that registers the tag does so even where nothing of it is used', async () => {
  const entries = ['dist/element/define.js', 'dist/react/index.js', 'dist/browser/kassa.js'];
  for (const entry of entries) {
    const file = join(folder, 'bare.js');
    await writeFile(file, `import ${JSON.stringify(resolve(entry))};`);
    const built = (await build({
      configFile: false,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: file, output: { codeSplitting: false } } },
    })) as Rolldown.RolldownOutput;
    assert.match(built.output[0].code, /customElements\.define\(/, entry);
  }
});

test('publint finds nothing to mend', async () => {
  const { messages, pkg } = await publint({ pkgDir: '.', strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('the types of every entry resolve under Node and under bundlers', async () => {
  const tarball = new Uint8Array(await readFile(join(folder, packed.filename)));
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  assert.ok(analysis.types, 'the package has types');
  // The package is ES modules only, so what the old resolutions cannot do is no problem of ours.
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem) || ['node16-esm', 'bundler'].includes(problem.resolutionKind),
  );
  assert.deepEqual(
    problems.filter(
      (problem) => problem.kind !== 'CJSResolvesToESM' && problem.kind !== 'InternalResolutionError',
    ),
    [],
  );
});

test('the package holds the build and its papers, and nothing else', () => {
  const stray = packed.files
    .map(({ path }) => path)
    .filter((path) => !/^(dist\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/.test(path));
  assert.deepEqual(stray, []);
});

/** A hook that says each file that is imported. */
const TELLING = moduleOf(`import { register } from 'node:module';
  register(${JSON.stringify(
    moduleOf(`import { writeSync } from 'node:fs';
      export const load = (url, context, next) => { writeSync(2, url + '\\n'); return next(url, context); };`),
  )});`);

function moduleOf(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

test('the command is a few files, and mints a token with no more', async (t) => {
  const child = spawn(process.execPath, [
    ...['--import', TELLING],
    ...['dist/command/bin.js', 'sandbox', '--port', '0'],
  ]);
  t.after(() => child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => (said[name] += chunk.toString()));
  }
  await until(() => said.stdout.includes('Ctrl+C'), 'the published sandbox starts');
  const gateway = createGateway({
    apiKey: 'dev_kassa_0001',
    signaturePassword: 'spg_test_kassa_0001',
    baseUrl: /Gateway +(\S+)/.exec(said.stdout)?.[1] ?? '',
  });
  const { token } = await gateway.mintCashier(order('published'));
  assert.match(token, /^[A-Za-z0-9]{50}$/);

  const files = said.stderr.split('\n').filter((line) => line.startsWith('file:'));
  const foreign = files.filter((file) => file.includes('/node_modules/'));
  assert.deepEqual(
    foreign.filter((file) => !file.includes('/@electric-sql/pglite/')),
    [],
  );
  assert(files.length > 5 && files.length <= 25, files.join('\n'));
});

// B6
test('what the command does not have in it is what its first run fetches', async () => {
  const isOfSandbox = (name: string): boolean => PACKAGES.library.some((it) => name === it);
  const files = (await readdir('dist/command')).filter((name) => name.endsWith('.js'));
  const code = await Promise.all(files.map((name) => readFile(join('dist/command', name), 'utf8')));
  const imported = code.flatMap((text) =>
    [...text.matchAll(/^[^*\n]*(?:from|import|import\() ?["']((?:@[^"'/]+\/)?[^"'/.]+)/gm)].map(
      ([, name = '']) => name,
    ),
  );
  assert.deepEqual([...new Set(imported.filter(isOfSandbox))].sort(), PACKAGES.command);
});

test('the licences of what the command has in it come with it', async () => {
  const text = await readFile('dist/command/licenses.md', 'utf8');
  for (const name of ['@hono/node-server', 'commander', 'drizzle-orm', 'hono', 'zod']) {
    assert(text.includes(`## ${name} - `), name);
  }
  assert.equal([...text.matchAll(/^## /gm)].length, 5);
  assert.equal([...text.matchAll(/Permission is hereby granted/g)].length, 4);
  assert.match(text, /Apache License\s+Version 2\.0/);
});

test('editors know every attribute and event of the tag, and the words an attribute takes', async () => {
  const read = async (file: string): Promise<string> => readFile(join('dist', file), 'utf8');
  const { modules } = JSON.parse(await read('custom-elements.json')) as {
    modules: { path: string; declarations: { events?: { name: string }[] }[] }[];
  };
  assert.deepEqual(
    modules.map(({ path }) => path),
    ['dist/element/cashier-element.js'],
  );
  const events = modules.flatMap(({ declarations }) => declarations.flatMap((it) => it.events ?? []));
  const source = await readFile('src/element/events.ts', 'utf8');
  assert.deepEqual(
    events.map(({ name }) => name).sort(),
    [...source.matchAll(/'(kassa-[a-z]+)': /g)].map(([, name = '']) => name).sort(),
  );
  const { tags } = JSON.parse(await read('vscode.html-custom-data.json')) as {
    tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[];
  };
  const [tag] = tags;
  assert.equal(tag?.name, 'kassa-cashier');
  const page = await readFile('docs/tag.md', 'utf8');
  for (const { name, values = [] } of tag.attributes) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    assert.ok(row, `docs/tag.md has a row for ${name}`);
    for (const value of values) assert.ok(row.includes(`\`${value.name}\``), `${name}: ${value.name}`);
  }
});

// T74
test('nothing runs at install time, and a shop installs four packages', () => {
  assert.deepEqual(
    Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
    [],
  );
  assert.deepEqual(Object.keys(manifest.dependencies).sort(), [
    '@floating-ui/dom',
    'commander',
    'lit',
    'zod',
  ]);
});

/** What npm runs by itself (its documentation, Life cycle scripts). */
const LIFE_CYCLE = /^(?:pre|post)|^version$/;

test('there are at most twelve scripts that a person runs', () => {
  const scripts = Object.keys(manifest.scripts).filter((name) => !LIFE_CYCLE.test(name));
  assert.ok(scripts.length <= 12, scripts.join(', '));
});
