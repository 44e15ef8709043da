/**
 * The embedded database as the migrations leave it, packed. To unpack it takes a fraction of what `initdb` and the
 * migrations take. In the published package it lies beside this file; from source it is made once for each state of the
 * migrations, and kept in node_modules/.cache.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { migrationsFolder } from './places.ts';

export const SNAPSHOT = 'database.tgz';

const fromSource = import.meta.url.endsWith('.ts');
const pathTo = (path: string): string => fileURLToPath(new URL(/* @vite-ignore */ path, import.meta.url));

/** `undefined` when there is none and none can be made: the slow way is then the only one. */
export async function readSnapshot(): Promise<Blob | undefined> {
  const bytes = await (fromSource ? cached() : readFile(pathTo(`./${SNAPSHOT}`))).catch(() => undefined);
  return bytes && new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

async function cached(): Promise<Uint8Array> {
  const folder = pathTo('../../../node_modules/.cache/kassa');
  const file = join(folder, `database-${await stateOfMigrations()}.tgz`);
  const known = await readFile(file).catch(() => undefined);
  if (known) return known;
  const made = await makeSnapshot();
  await mkdir(folder, { recursive: true });
  // Whole or not at all: many tests begin at once.
  await writeFile(`${file}.${process.pid}`, made);
  await rename(`${file}.${process.pid}`, file);
  return made;
}

async function stateOfMigrations(): Promise<string> {
  const hash = createHash('sha256').update(await readFile(pathTo('../../../package.json')));
  const files = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql'));
  for (const name of files.sort()) hash.update(name).update(await readFile(join(migrationsFolder, name)));
  return hash.digest('hex').slice(0, 16);
}

export async function makeSnapshot(): Promise<Uint8Array> {
  const [{ PGlite }, { dataDir }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-prepopulatedfs'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const client = await PGlite.create({ loadDataDir: await dataDir() });
  await migrate(drizzle(client), { migrationsFolder });
  // Nobody creates further databases in it, and the two templates are half of its size.
  for (const template of ['template0', 'template1']) {
    await client.exec(`alter database ${template} is_template false`);
    await client.exec(`drop database ${template}`);
  }
  await client.exec('checkpoint');
  const files = await client.dumpDataDir('none');
  await client.close();
  return promisify(gzip)(await files.arrayBuffer(), { level: 9 });
}
