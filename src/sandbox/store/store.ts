/**
 * One store, three places to keep it: PGlite in memory, PGlite in a folder, or a PostgreSQL server. The SQL and the
 * code are the same; the contract suite of the tests runs on all three.
 */
import { getTableName, is, sql } from 'drizzle-orm';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { type PgDatabase, type PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core';
import type { Sql, TransactionSql } from 'postgres';
import { engineCode, engineFiles } from './engine.ts';
import { load, StoreError } from './errors.ts';
import { lockFolder } from './lock.ts';
import { migrationsFolder } from './places.ts';
import * as schema from './schema.ts';

export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export interface Store {
  readonly kind: 'memory' | 'folder' | 'postgres';
  readonly db: Database;
  /** Empties every table but the settings. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A folder for PGlite's files; in memory without it. */
  readonly dataDir?: string | undefined;
  /** `postgres://user:password@host:port/database`; wins over `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** To a PostgreSQL server. Default 10. */
  readonly connections?: number | undefined;
}

/** @throws StoreError with a message that says what to do. */
export async function openStore({ dataDir, databaseUrl, connections }: StoreOptions = {}): Promise<Store> {
  if (databaseUrl) return openPostgres(databaseUrl, connections);
  return openPglite(dataDir);
}

async function openPglite(dataDir: string | undefined): Promise<Store> {
  const [{ EmbeddedDatabase }, { MemoryFiles }, { drizzle }] = await Promise.all([
    load(() => import('./embedded.ts')),
    load(() => import('./memory-files.ts')),
    load(() => import('drizzle-orm/pglite')),
  ]);
  const lock = dataDir === undefined ? undefined : await lockFolder(dataDir);
  try {
    const [files, pgliteWasmModule] = await Promise.all([
      lock?.used ? undefined : engineFiles(),
      engineCode(),
    ]);
    const client = new EmbeddedDatabase({
      ...(pgliteWasmModule && { pgliteWasmModule }),
      ...(lock && { dataDir: lock.databaseFolder }),
      ...(files && (lock ? { loadDataDir: new Blob([files]) } : { fs: new MemoryFiles(files) })),
    });
    await client.waitReady;
    const db = drizzle(client, { schema });
    if (!files) await migratePglite(db);
    return {
      kind: lock ? 'folder' : 'memory',
      db,
      forget: () => forget(db),
      close: async () => {
        await client.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

async function migratePglite(db: PgliteDatabase<typeof schema>): Promise<void> {
  const { migrate } = await load(() => import('drizzle-orm/pglite/migrator'));
  await migrate(db, { migrationsFolder });
}

async function openPostgres(databaseUrl: string, connections = 10): Promise<Store> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    load(() => import('postgres')),
    load(() => import('drizzle-orm/postgres-js')),
    load(() => import('drizzle-orm/postgres-js/migrator')),
  ]);
  const place = describeUrl(databaseUrl);
  const client = postgres(databaseUrl, { max: connections, connect_timeout: 5, onnotice: () => undefined });
  const db = drizzle(keepPrepared(client), { schema });
  try {
    await client`select 1`;
  } catch (error) {
    await client.end({ timeout: 1 });
    throw StoreError.unreachable(place, error);
  }
  await oneAtATime(postgres(databaseUrl, { max: 1, connect_timeout: 5 }), () =>
    migrate(db, { migrationsFolder }),
  );
  return { kind: 'postgres', db, forget: () => forget(db), close: () => client.end({ timeout: 5 }) };
}

/** Far more than there are; but a list in a statement makes another one of it for each length. */
const MOST_PREPARED = 500;

/**
 * Statements are prepared once for each connection: of one that is not, the driver first asks which parameters it has, and
 * waits twice. Drizzle says `prepare: false` of whatever has no name.
 */
function keepPrepared(client: Sql): Sql {
  const known = new Set<string>();
  const keep = <C extends Sql | TransactionSql>(client: C): C => {
    const unsafe = client.unsafe.bind(client);
    const name = 'savepoint' in client ? 'savepoint' : 'begin';
    const open = (Reflect.get(client, name) as Opening).bind(client);
    return Object.assign(client, {
      unsafe: ((query, parameters, options) => {
        if (known.size < MOST_PREPARED) known.add(query);
        return unsafe(query, parameters, { ...options, prepare: known.has(query) });
      }) satisfies Sql['unsafe'],
      [name]: ((act) => open((inner) => act(keep(inner)))) satisfies Opening,
    });
  };
  return keep(client);
}

/** Of a transaction, or of one inside it. */
type Opening = (act: (inner: TransactionSql) => unknown) => unknown;

/** Of two sandboxes that begin at once, one migrates and the other finds it done. The lock has a connection of its own. */
async function oneAtATime(guard: Sql, act: () => Promise<void>): Promise<void> {
  try {
    await guard.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('kassa sandbox migrations', 0))`;
      await act();
    });
  } finally {
    await guard.end({ timeout: 5 });
  }
}

/** Not row by row: entries of the ledger refuse to be deleted. */
async function forget(db: Database): Promise<void> {
  const names = Object.values(schema).flatMap((it) =>
    is(it, PgTable) && it !== schema.settings ? [sql.identifier(getTableName(it))] : [],
  );
  await db.execute(sql`truncate ${sql.join(names, sql`, `)}`);
}

/** Host, port and database of the URL, without user and password, for messages. */
function describeUrl(databaseUrl: string): string {
  let url: URL;
  try {
    url = new URL(databaseUrl);
  } catch {
    throw StoreError.notAUrl();
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw StoreError.notAUrl();
  return `${url.host}${url.pathname}`;
}
