/**
 * `npm run examples`: installs each example from the packed tarball, as a user would, starts it, and drives it in a real
 * browser against a sandbox: a card that pays, one that is declined, one that passes 3-D Secure. An example has passed
 * when the page was told each end and the example's own backend heard it in `onStatus`.
 *
 * `npm run examples -- next hono` runs only those, and writes their rows of `README.md`. `readme-express` and its like
 * are the quick starts of the project's README.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { startSandbox } from 'kassa/sandbox';
import { findChromium } from '../test/chromium.ts';
import { tell as tellRun } from '../test/run/told.ts';
import { drive } from './drive.ts';
import { quickStartNames, readQuickStart, writeQuickStart } from './quick-starts.ts';

const run = promisify(execFile);
/** Outside of this repository, whose node_modules a user does not have. */
const CACHE = join(tmpdir(), `kassa-examples-${basename(process.cwd())}`);
/** Vite, which bundles the sandbox's pages, sets NODE_ENV; npm would leave devDependencies out. */
const ENV = { ...process.env, NODE_ENV: undefined, NEXT_TELEMETRY_DISABLED: '1' };

/** Projects that are checked by their own `npm test`, not in a browser. */
const CHECKED = ['bundlers', 'layouts', 'middleware', 'playwright', 'sandbox', 'types', 'unit-tests'];

interface Manifest {
  readonly version?: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Result {
  readonly name: string;
  readonly lines: number;
  readonly versions: string;
  /** Not tested, where the registry could not be reached. */
  readonly result: 'passed' | 'failed' | 'skipped';
}

/** In npm's own words. */
const NO_NETWORK = /npm error code (?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** Of `dist/` as it is, if somebody has just built it. */
async function pack(isBuilt: boolean): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  if (!isBuilt) await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { maxBuffer: 1e8 });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', CACHE], {
    maxBuffer: 1e8,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(CACHE, filename);
}

async function install(name: string, tarball: string): Promise<string> {
  const folder = join(CACHE, name);
  await mkdir(folder, { recursive: true });
  if (quickStartNames.includes(name)) await writeQuickStart(name, folder);
  else await cp(join('examples', name), folder, { recursive: true });
  const manifest = await readManifest(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, dependencies: { ...manifest.dependencies, kassa: `file:${tarball}` } }),
  );
  // A tarball of the same name and version is the same to npm, so the one of an earlier run has to go.
  await run('npm', ['uninstall', 'kassa', '--no-save', '--no-audit', '--no-fund'], { cwd: folder }).catch(
    () => undefined,
  );
  await run('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: folder,
    maxBuffer: 1e8,
    env: ENV,
  });
  return folder;
}

/** Without comments and blank lines: all that a user writes, page included. */
async function countLines(name: string): Promise<number> {
  let lines = 0;
  const count = (text: string): number =>
    text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
  if (quickStartNames.includes(name)) {
    const { files } = await readQuickStart(name);
    return Object.values(files).reduce((sum, text) => sum + count(text), 0);
  }
  for (const entry of await readdir(join('examples', name), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(md|json)$/.test(entry.name)) continue;
    lines += count(await readFile(join(entry.parentPath, entry.name), 'utf8'));
  }
  return lines;
}

/** As installed, where it is. */
async function versionsOf(name: string): Promise<string> {
  const { dependencies, devDependencies } = await readManifest(join(CACHE, name));
  const said = Object.keys({ ...dependencies, ...devDependencies })
    .filter((it) => it !== 'kassa')
    .map(async (it) => {
      const installed = await readManifest(join(CACHE, name, 'node_modules', it)).catch(() => undefined);
      return `${it} ${installed?.version ?? ''}`.trim();
    });
  return (await Promise.all(said)).join(', ');
}

const readManifest = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

async function tryOne(name: string, tarball: string, sandboxUrl: string, browser: Browser): Promise<Result> {
  const began = performance.now();
  const tell = (said: string): void =>
    console.log(`${said} (${Math.round((performance.now() - began) / 1_000)} s)`);
  const about = async () => ({ name, lines: await countLines(name), versions: await versionsOf(name) });
  try {
    const folder = await install(name, tarball);
    const { scripts } = await readManifest(folder);
    const options = {
      cwd: folder,
      maxBuffer: 1e8,
      env: { ...ENV, ...env, CHROME_PATH: executablePath, GATEWAY_URL: `${sandboxUrl}/gateway` },
    };
    if ('build' in scripts) await run('npm', ['run', 'build'], options);
    if (CHECKED.includes(name)) await run('npm', ['test'], options);
    else await drive(name, folder, sandboxUrl, browser);
    tell(`✓ ${name}`);
    return { ...(await about()), result: 'passed' };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    if (NO_NETWORK.test(stderr)) {
      tell(`- ${name}: NOT TESTED, the registry cannot be reached`);
      return { ...(await about()), result: 'skipped' };
    }
    tell(`✗ ${name}\n${String(error)}\n${stdout.slice(-2_000)}${stderr.slice(-1_000)}\n`);
    return { ...(await about()), result: 'failed' };
  }
}

/** Of the examples that were tried the rows are new; those of the others stay. */
async function writeTable(results: readonly Result[]): Promise<void> {
  const file = 'examples/README.md';
  const text = await readFile(file, 'utf8');
  const rows = new Map([...text.matchAll(/^\| \[([\w-]+)\].*$/gm)].map(([row, name = '']) => [name, row]));
  for (const { name, lines, versions, result } of results) {
    const place = quickStartNames.includes(name) ? '../README.md#your-backend' : name;
    rows.set(name, `| [${name}](${place}) | ${lines} | ${versions} | ${result} |`);
  }
  const table = [
    '| example | lines | with | result |',
    '| --- | --- | --- | --- |',
    ...[...rows].sort(([one], [other]) => one.localeCompare(other)).map(([, row]) => row),
  ].join('\n');
  const { format } = await import('oxfmt');
  const whole = text.replace(/(<!-- table -->)[^]*?(<!-- end -->)/, `$1\n\n${table}\n\n$2`);
  const { code } = await format(file, whole, { printWidth: 120 });
  await writeFile(file, code);
}

const names = (await readdir('examples', { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .concat(quickStartNames)
  .sort();
const OPTIONS = ['--table', '--built'];
const wanted = process.argv.slice(2).filter((word) => !OPTIONS.includes(word));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no example ${unknown.join(', ')}. There are: ${names.join(', ')}.`);

const tarball = process.env.KASSA_TARBALL ?? (await pack(process.argv.includes('--built')));
const sandbox = await startSandbox({ port: 0 });
const { executablePath, args, env } = await findChromium();
const browser = await chromium.launch({
  executablePath,
  args: [...args],
  env: { ...(process.env as Record<string, string>), ...env },
});
const results: Result[] = [];
const chosen = wanted.length > 0 ? wanted : names;
tellRun({ toDo: chosen.length });
for (const name of chosen) {
  const began = performance.now();
  const result = await tryOne(name, tarball, sandbox.url, browser);
  results.push(result);
  tellRun({ test: { name, ms: performance.now() - began, end: result.result } });
  tellRun({ done: 1 });
}
await browser.close();
await sandbox.close();
if (process.argv.includes('--table')) await writeTable(results);
const count = (result: Result['result']): number => results.filter((it) => it.result === result).length;
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : '';
console.log(`\n${count('passed')} passed, ${count('failed')} failed${skipped}`);
process.exitCode = count('failed') > 0 ? 1 : 0;
