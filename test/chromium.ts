/**
 * Finds a Chromium for the browser tests, so that `npm test` works on a machine that has none:
 *   1. CHROME_PATH
 *   2. chromium or google-chrome where systems put them
 *   3. the browser Playwright downloaded, if somebody let it
 *   4. @sparticuz/chromium: a headless build inside an npm package (Linux x64), unpacked once
 */
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

export interface Chromium {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FIXED_PATHS = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** No sandbox: root and containers have none to offer. The rest keeps the browser from calling home. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Off, so that a test pays for its page alone. A switch that is given twice counts once, the last time: the first of them
 * are Playwright's own (a test holds them against its source).
 */
export const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  // What drops down from the address bar: two pages in processes of their own for each window, which nobody sees.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
] as const;

const off = `--disable-features=${FEATURES_OFF.join(',')}`;

const require = createRequire(import.meta.url);
const run = promisify(execFile);

export async function findChromium(): Promise<Chromium> {
  const system = await firstExecutable([
    ...(process.env.CHROME_PATH ? [process.env.CHROME_PATH] : []),
    ...(process.env.PATH ?? '').split(delimiter).flatMap((dir) => NAMES.map((name) => join(dir, name))),
    ...FIXED_PATHS,
    chromium.executablePath(),
  ]);
  return system ? { executablePath: system, args: [...ARGS, off], env: {} } : unpackedChromium();
}

export async function launchChromium({
  args: more = [],
  ...options
}: Pick<LaunchOptions, 'timeout' | 'args'> = {}): Promise<Browser> {
  const { executablePath, args, env } = await findChromium();
  return chromium.launch({
    ...options,
    executablePath,
    args: [...args, ...more],
    env: { ...(process.env as Record<string, string>), ...env },
  });
}

async function firstExecutable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * The package's own unpacking goes to one shared temporary folder whatever its version, and its own arguments switch
 * web security off, which would ruin every test about origins: so neither is used.
 */
async function unpackedChromium(): Promise<Chromium> {
  const bin = await sparticuzBin();
  const { version } = require(join(dirname(bin), 'package.json')) as { version: string };
  const root = join(
    dirname(require.resolve('playwright-core/package.json')),
    '..',
    '.cache',
    `chromium-${version}`,
  );
  if (!(await isExecutable(join(root, 'chromium')))) await unpack(bin, root);
  return {
    executablePath: join(root, 'chromium'),
    // A frame of another site has a process of its own in browsers that people have; in this build only when it is told to.
    args: [...ARGS, off, '--headless=shell', '--site-per-process'],
    env: { LD_LIBRARY_PATH: join(root, 'al2023', 'lib') },
  };
}

async function sparticuzBin(): Promise<string> {
  let folder: string;
  try {
    folder = dirname(require.resolve('@sparticuz/chromium'));
  } catch {
    throw new Error(
      'No Chromium was found. Install one (apt-get install chromium), or set CHROME_PATH, or install the optional dependency @sparticuz/chromium.',
    );
  }
  // The build layout differs between versions of the package: walk up until bin/ is there.
  while (!(await isReadable(join(folder, 'bin', 'chromium.br')))) folder = dirname(folder);
  return join(folder, 'bin');
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

async function unpack(bin: string, root: string): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const fresh = await mkdtemp(`${root}-`);
  await decompress(join(bin, 'chromium.br'), join(fresh, 'chromium'));
  await chmod(join(fresh, 'chromium'), 0o755);
  // Bare hosts lack the libraries that Chromium links to (libnss3 and its kin).
  await decompress(join(bin, 'al2023.tar.br'), join(fresh, 'al2023.tar'));
  await run('tar', ['-xf', join(fresh, 'al2023.tar'), '-C', fresh]);
  await rename(fresh, root).catch(() => rm(fresh, { recursive: true }));
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}
