/** `kassa migrate`: what `migrate(client)` does, for those who deploy by commands. */
import type { DatabaseClient } from './clients/recognize.ts';
import { DatabaseError } from './errors.ts';
import { migrate } from './migrate.ts';

export interface MigrateOptions {
  readonly databaseUrl?: string | undefined;
  /** Of PGlite's, where no database is named. */
  readonly dataDir?: string | undefined;
}

/** @throws DatabaseError with what to do */
export async function runMigrate({ databaseUrl, dataDir }: MigrateOptions): Promise<void> {
  const opened = await open(databaseUrl, dataDir);
  try {
    const { version, ran } = await migrate(opened.client);
    console.log(
      `The order book in ${opened.place} is at version ${version}${ran.length > 0 ? `; ran ${ran.join(', ')}` : '; nothing to do'}.`,
    );
  } catch (error) {
    throw error instanceof DatabaseError ? error : DatabaseError.unreachable(opened.place, error);
  } finally {
    await opened.close().catch(() => undefined);
  }
}

interface Opened {
  readonly client: DatabaseClient;
  /** For messages: no user, no password. */
  readonly place: string;
  close(): Promise<void>;
}

async function open(databaseUrl: string | undefined, folder: string | undefined): Promise<Opened> {
  if (databaseUrl) return openServer(databaseUrl);
  if (folder) return openFolder(folder);
  throw DatabaseError.notNamed();
}

async function openServer(databaseUrl: string): Promise<Opened> {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw DatabaseError.notNamed();
  }
  const { host, pathname } = new URL(databaseUrl);
  const place = host + pathname;
  const postgres = await optional(() => import('postgres'));
  if (postgres) {
    const client = postgres.default(databaseUrl, { max: 2, connect_timeout: 10, onnotice: () => undefined });
    return { client, place, close: () => client.end({ timeout: 5 }) };
  }
  const pg = await optional(() => import('pg'));
  if (!pg) throw DatabaseError.packageMissing('postgres (or pg)');
  const client = new pg.default.Pool({
    connectionString: databaseUrl,
    max: 3,
    connectionTimeoutMillis: 10_000,
  });
  return { client, place, close: () => client.end() };
}

async function openFolder(folder: string): Promise<Opened> {
  const pglite = await optional(() => import('@electric-sql/pglite'));
  if (!pglite) throw DatabaseError.packageMissing('@electric-sql/pglite');
  const client = await pglite.PGlite.create({ dataDir: folder });
  return { client, place: folder, close: () => client.close() };
}

/** `undefined` for a package that is not installed. */
async function optional<T>(importPackage: () => Promise<T>): Promise<T | undefined> {
  try {
    return await importPackage();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
