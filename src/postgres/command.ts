/** `kassa migrate`: what `migrate(client)` does, for those who deploy by commands. */
import { parseArgs } from 'node:util';
import type { DatabaseClient } from './clients/recognize.ts';
import { DatabaseError } from './errors.ts';
import { migrate } from './migrate.ts';

export const MIGRATE_USAGE = `kassa migrate [--database-url postgres://user:password@host:5432/shop] [--data-dir FOLDER]

Makes the tables of the order book, or brings them up to this version. A database wins over a folder of PGlite's;
DATABASE_URL stands in for --database-url. Safe to run at every deployment, and by several at once.`;

/** @throws DatabaseError with what to do, TypeError for flags that it does not know */
export async function runMigrate(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'database-url': { type: 'string' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(MIGRATE_USAGE);
    return;
  }
  const opened = await open(values['database-url'], values['data-dir'], env.DATABASE_URL);
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

async function open(
  url: string | undefined,
  folder: string | undefined,
  fromEnv: string | undefined,
): Promise<Opened> {
  const databaseUrl = url ?? (folder === undefined ? fromEnv : undefined);
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
