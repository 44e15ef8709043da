/**
 * The embedded database as the migrations leave it, packed. To unpack it takes a fraction of what `initdb` and the
 * migrations take. In the published package it lies beside this file; from source it is made once for each state of the
 * migrations, of this file and of PGlite, and kept in node_modules/.cache.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { migrationsFolder } from './places.ts';

export const SNAPSHOT = 'database.tgz';

/** On their own: `Blob` takes no shared ones. */
export type Bytes = Uint8Array<ArrayBuffer>;

const fromSource = import.meta.url.endsWith('.ts');
const pathTo = (path: string): string => fileURLToPath(new URL(/* @vite-ignore */ path, import.meta.url));

/** Every start pays for what is here: memory that is zeroed, and files that are unpacked. */
const SETTINGS = [
  // All files are in memory already, or in the system's cache.
  'shared_buffers=8MB',
  // It has one connection, nobody who follows it and nothing in the background.
  'max_connections=10',
  'autovacuum_worker_slots=1',
  'max_wal_senders=0',
  'wal_level=minimal',
  // No segments of the log are kept for later, each as long as the data of a table.
  'min_wal_size=2MB',
  'wal_recycle=off',
];
/** With checksums, a page that is only read for the first time is written into the log whole. */
const INITDB = ['--wal-segsize=1', '--no-data-checksums', ...SETTINGS.flatMap((setting) => ['-c', setting])];

/** A tar; `undefined` when there is none and none can be made: the slow way is then the only one. */
export const readSnapshot = (): Promise<Bytes | undefined> =>
  (fromSource ? cached() : unpacked()).catch(() => undefined);

async function unpacked(): Promise<Bytes> {
  const packed = await readFile(pathTo(`./${SNAPSHOT}`));
  // Its last word is its length (RFC 1952, section 2.3.1). In one piece it takes one turn of a thread; in Node's own pieces of
  // 16 KiB it takes 600, and before each a turn of this one, which is busy with its imports.
  const length = packed.readUInt32LE(packed.length - 4);
  return asBytes(await promisify(gunzip)(packed, { chunkSize: length + 64 }));
}

const asBytes = ({ buffer, byteOffset, length }: Buffer): Bytes =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, length);

/** Not packed: a test starts more sandboxes than the disk has to spare. */
async function cached(): Promise<Bytes> {
  const folder = pathTo('../../../node_modules/.cache/kassa');
  const file = join(folder, `database-${await stateOfMigrations()}.tar`);
  const known = await readFile(file).catch(() => undefined);
  if (known) return asBytes(known);
  const made = await makeTar();
  await mkdir(folder, { recursive: true });
  // Whole or not at all: many tests begin at once.
  await writeFile(`${file}.${process.pid}`, made);
  await rename(`${file}.${process.pid}`, file);
  return made;
}

async function stateOfMigrations(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of ['../../../package.json', './snapshot.ts']) hash.update(await readFile(pathTo(path)));
  const files = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql'));
  for (const name of files.sort()) hash.update(name).update(await readFile(join(migrationsFolder, name)));
  return hash.digest('hex').slice(0, 16);
}

/** For the published package. */
export const makeSnapshot = async (): Promise<Uint8Array> => promisify(gzip)(await makeTar(), { level: 9 });

async function makeTar(): Promise<Bytes> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const client = await PGlite.create({ initDbStartParams: INITDB });
  await migrate(drizzle(client), { migrationsFolder });
  // Nobody creates further databases in it, and the two templates are half of its size.
  for (const template of ['template0', 'template1']) {
    await client.exec(`alter database ${template} is_template false`);
    await client.exec(`drop database ${template}`);
  }
  await client.exec('checkpoint');
  const files = await client.dumpDataDir('none');
  await client.close();
  return new Uint8Array(await files.arrayBuffer());
}
