/** PGlite lets two processes open one folder and spoil it for each other, so the sandbox keeps a lock file of its own. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StoreError } from './errors.ts';

export interface FolderLock {
  readonly databaseFolder: string;
  /** There is a database in the folder already. */
  readonly used: boolean;
  release(): Promise<void>;
}

/** @throws StoreError when a living process holds the folder. */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const folder = resolve(dataDir);
  const lockFile = join(folder, 'kassa.lock');
  const databaseFolder = join(folder, 'database');
  await mkdir(databaseFolder, { recursive: true });
  await claim(lockFile, folder);
  const used = (await readdir(databaseFolder)).length > 0;
  return { databaseFolder, used, release: () => rm(lockFile, { force: true }) };
}

async function claim(lockFile: string, folder: string): Promise<void> {
  try {
    await writeFile(lockFile, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number(await readFile(lockFile, 'utf8'));
    if (isAlive(pid)) throw StoreError.locked(folder, pid);
    // Left behind by a process that was killed.
    await rm(lockFile, { force: true });
    await claim(lockFile, folder);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
