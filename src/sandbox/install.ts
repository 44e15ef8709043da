/**
 * The packages that only the sandbox needs: its database, and as a library its server. A shop's install leaves them out
 * (they are optional peers), as it should in production. So that `npx kassa sandbox` is all it takes on a fresh machine,
 * the first run fetches them into the user's cache, once for each version, and no script of theirs runs.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { register } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KassaError } from '../model/errors.ts';
import { INSTALL_LINE } from './store/errors.ts';

export interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export async function readManifest(): Promise<Manifest> {
  // Not by `new URL(…, import.meta.url)`: the build would put the file itself in its place.
  return JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as Manifest;
}

class InstallError extends KassaError<'install-failed'> {}

/** What has no part of it in the file of the command: a WebAssembly engine, and a driver that may be the shop's. */
const DATABASES = ['@electric-sql/pglite', 'postgres'] as const;

/** Of the optional peers those that the sandbox is made of; the others are for the shop's own code. */
export const PACKAGES = {
  command: DATABASES,
  library: ['hono', '@hono/node-server', 'drizzle-orm', ...DATABASES],
} as const;

/**
 * Makes every package importable that this form of the sandbox needs, whether the project has it or the cache.
 *
 * @throws InstallError
 */
export async function ensurePackages(
  form: keyof typeof PACKAGES,
  say: (text: string) => void,
): Promise<void> {
  const { version, peerDependencies } = await readManifest();
  const names = PACKAGES[form];
  if (names.every(isInstalled)) return;
  const folder = join(cacheFolder(), version, form);
  if (!names.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')))) {
    say(`First run: fetching what the sandbox needs into ${folder} …`);
    // What a cleaner of disks left of an earlier one is of no use.
    await rm(folder, { recursive: true, force: true });
    await fetchPackages(Object.fromEntries(names.map((name) => [name, peerDependencies[name]])), folder);
  }
  register('./beside.js', import.meta.url, { data: { folder: pathToFileURL(join(folder, 'x.js')).href } });
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function cacheFolder(): string {
  const { env, platform } = process;
  if (env.KASSA_CACHE_DIR) return env.KASSA_CACHE_DIR;
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'kassa', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'kassa');
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kassa');
}

/** Whole or not at all: two first runs at once do not see each other's half. */
async function fetchPackages(
  dependencies: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<void> {
  const half = `${folder}.${process.pid}`;
  try {
    await mkdir(half, { recursive: true }).catch((error: unknown) => {
      throw notWritable(folder, error);
    });
    await writeFile(join(half, 'package.json'), JSON.stringify({ private: true, dependencies }));
    await npmInstall(half);
    await rename(half, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

const ARGUMENTS = [
  'install',
  '--ignore-scripts',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

async function npmInstall(folder: string): Promise<void> {
  // npm says where it is to what it runs; pnpm and yarn say where they are.
  const own = process.env.npm_execpath ?? '';
  const [command, ...args] = /npm-cli\.[cm]?js$/.test(own) ? [process.execPath, own] : ['npm'];
  const code = await new Promise<number | string>((resolve) => {
    const child = spawn(command, [...args, ...ARGUMENTS, '--prefix', folder], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      // npm is a script there, which only a shell can start.
      shell: process.platform === 'win32' && command === 'npm',
    });
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (ended) => resolve(ended ?? 'a signal'));
  });
  if (code === 0) return;
  throw new InstallError({
    code: 'install-failed',
    message: `The sandbox’s packages could not be fetched: npm ended with ${code}.`,
    hint: `Check the network, then run it again; or add them to your project: ${INSTALL_LINE}`,
    retryable: true,
  });
}

/** Containers often run as somebody who has no home. */
const notWritable = (folder: string, error: unknown): InstallError =>
  new InstallError({
    code: 'install-failed',
    message: `The sandbox’s packages cannot be kept in ${folder}: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}.`,
    hint: `Name a folder that this user may write to: KASSA_CACHE_DIR=/tmp/kassa npx kassa sandbox; or add them to your project: ${INSTALL_LINE}`,
    retryable: false,
  });
