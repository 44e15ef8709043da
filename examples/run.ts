/**
 * `npm run examples`: installs each example from the packed tarball, as a user would, starts it, and drives it in a real
 * browser against a sandbox: a card that pays, one that is declined, one that passes 3-D Secure. An example has passed
 * when the page was told each end and the example's own backend heard it in `onStatus`.
 *
 * `npm run examples -- next hono` runs only those. A run of all writes the table of `README.md`.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request as ask, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startSandbox } from 'kassa/sandbox';
import { findChromium } from '../test/chromium.ts';
import { freePort } from '../test/postgres.ts';

const run = promisify(execFile);
const CACHE = resolve('node_modules/.cache/examples');

/** Reached under another host than their own, as behind a proxy that rewrites it. */
const BEHIND_A_PROXY = ['next', 'express'];
/** Projects that are checked by their own `npm test`, not in a browser. */
const CHECKED = ['types', 'unit-tests'];

const CARDS = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  challenged: '4111111111111111',
} as const;
const ENDS = { pays: 'succeeded', declined: 'failed', challenged: 'succeeded' } as const;

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Result {
  readonly name: string;
  readonly lines: number;
  readonly versions: string;
  readonly seconds: number;
  /** Nothing when it passed. */
  readonly fault?: string;
}

async function pack(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { maxBuffer: 1e8 });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', CACHE], {
    maxBuffer: 1e8,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(CACHE, filename);
}

/** A copy outside of this repository's node_modules, so that nothing is found that a user would not have. */
async function install(name: string, tarball: string): Promise<string> {
  const folder = join(CACHE, name);
  await mkdir(folder, { recursive: true });
  await cp(join('examples', name), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  manifest.dependencies satisfies object;
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
  });
  return folder;
}

/** What must stand in for a process that says what it does: its output, and its end with all that it started. */
function start(folder: string, env: Readonly<Record<string, string>>) {
  const child: ChildProcess = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return {
    said: () => said,
    stop: () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    },
  };
}

async function until(what: string, isTrue: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** As many are configured: the backend sees a host that no browser knows. */
function proxy(port: number, target: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const there = ask(
        { host: 'localhost', port: target, method, path: url, headers: { ...headers, host: 'app:3000' } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      there.on('error', () => outgoing.destroy());
      outgoing.on('close', () => there.destroy());
      incoming.pipe(there);
    }).listen(port, 'localhost', () => resolve(server));
  });
}

async function payWith(page: Page, url: string, card: keyof typeof CARDS): Promise<string> {
  await page.goto(url);
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await cashier.getByLabel('Card number').fill(CARDS[card]);
  await cashier.getByLabel('Expiry date').fill('12 / 34');
  await cashier.getByLabel('Security code').fill('123');
  await cashier.getByLabel('Name on card').fill('Ada Lovelace');
  await page.waitForTimeout(200);
  await cashier.getByRole('button', { name: /^Pay / }).click();
  if (card === 'challenged') {
    const bank = cashier.frameLocator('iframe');
    await bank.getByLabel('Code from your bank').fill('1234');
    await page.waitForTimeout(200);
    await bank.getByRole('button', { name: 'Confirm' }).click();
  }
  const tag = page.locator('kassa-cashier');
  await until(`the page hears that ${card} ${ENDS[card]}`, async () => {
    const outcome = await tag.evaluate((element) => (element as HTMLElement & { outcome?: object }).outcome);
    const { kind, verified } = { kind: '', verified: false, ...outcome };
    if (kind !== '' && (kind !== ENDS[card] || !verified))
      throw new Error(`${card} ended as ${kind}, verified: ${verified}`);
    return kind !== '';
  });
  return tag.evaluate((element) => String((element as HTMLElement & { trackingId?: string }).trackingId));
}

async function drive(name: string, folder: string, sandboxUrl: string, browser: Browser): Promise<void> {
  const [port, backend, front] = [await freePort(), await freePort(), await freePort()];
  const isBehind = BEHIND_A_PROXY.includes(name);
  const origin = isBehind ? `http://shop.localhost:${front}` : `http://localhost:${port}`;
  const example = start(folder, {
    PORT: String(port),
    BACKEND_PORT: String(backend),
    GATEWAY_URL: `${sandboxUrl}/gateway`,
    SHOP_ORIGIN: origin,
  });
  const server = isBehind ? await proxy(front, port) : undefined;
  try {
    await until('the example answers', () => answers(`http://localhost:${port}/`), 60);
    await fetch(`${sandboxUrl}/_sandbox/config`, {
      method: 'POST',
      body: JSON.stringify({ webhookUrl: `http://localhost:${port}/kassa/webhook` }),
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    const paths = name === 'next' ? ['/', '/rendered'] : ['/'];
    for (const path of paths) {
      for (const card of Object.keys(CARDS) as (keyof typeof CARDS)[]) {
        const trackingId = await payWith(page, origin + path, card);
        const word = ENDS[card] === 'succeeded' ? 'successful' : 'rejected';
        await until(
          `onStatus hears of ${card}`,
          () => example.said().includes(`order ${trackingId}: ${word}`),
          15,
        );
      }
    }
    await page.close();
  } catch (error) {
    throw new Error(`${String(error)}\n${example.said().slice(-2_000)}`, { cause: error });
  } finally {
    example.stop();
    server?.close();
    server?.closeAllConnections();
  }
}

/** Without comments and blank lines: all that a user writes, page included. */
async function countLines(name: string): Promise<number> {
  let lines = 0;
  for (const entry of await readdir(join('examples', name), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(md|json)$/.test(entry.name)) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    lines += text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
  }
  return lines;
}

async function versionsOf(name: string): Promise<string> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(join('examples', name, 'package.json'), 'utf8'),
  ) as Manifest;
  const all = Object.entries({ ...dependencies, ...devDependencies }).filter(([it]) => it !== 'kassa');
  return all.map(([it, range]) => `${it} ${range.replace(/^[~^]/, '')}`).join(', ');
}

async function tryOne(name: string, tarball: string, sandboxUrl: string, browser: Browser): Promise<Result> {
  const began = performance.now();
  let fault: string | undefined;
  try {
    const folder = await install(name, tarball);
    const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
    const options = { cwd: folder, maxBuffer: 1e8, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } };
    if ('build' in scripts) await run('npm', ['run', 'build'], options);
    if (CHECKED.includes(name)) await run('npm', ['test'], options);
    else await drive(name, folder, sandboxUrl, browser);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    fault = `${String(error)}\n${stdout.slice(-2_000)}${stderr.slice(-1_000)}`;
  }
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(
    `${fault === undefined ? '✓' : '✗'} ${name} (${seconds} s)${fault === undefined ? '' : `\n${fault}`}`,
  );
  return {
    name,
    lines: await countLines(name),
    versions: await versionsOf(name),
    seconds,
    ...(fault !== undefined && { fault }),
  };
}

async function writeTable(results: readonly Result[]): Promise<void> {
  const file = 'examples/README.md';
  const text = await readFile(file, 'utf8');
  const rows = results.map(
    ({ name, lines, versions, fault }) =>
      `| [${name}](${name}) | ${lines} | ${versions} | ${fault === undefined ? 'passes' : 'fails'} |`,
  );
  const table = ['| example | lines | with | result |', '| --- | --- | --- | --- |', ...rows].join('\n');
  await writeFile(file, text.replace(/(<!-- table -->\n)[^]*?(\n<!-- end -->)/, `$1\n${table}\n$2`));
}

const names = (await readdir('examples', { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no example ${unknown.join(', ')}. There are: ${names.join(', ')}.`);

const tarball = process.env.KASSA_TARBALL ?? (await pack());
const sandbox = await startSandbox({ port: 0 });
const { executablePath, args, env } = await findChromium();
const browser = await chromium.launch({
  executablePath,
  args: [...args],
  env: { ...(process.env as Record<string, string>), ...env },
});
const results: Result[] = [];
for (const name of wanted.length > 0 ? wanted : names) {
  results.push(await tryOne(name, tarball, sandbox.url, browser));
}
await browser.close();
await sandbox.close();
if (wanted.length === 0) await writeTable(results);
const failed = results.filter(({ fault }) => fault !== undefined).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
