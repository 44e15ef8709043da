/** `migrate(client)`: makes Kassa's tables, or brings them up to this version. */
import type { Run } from './clients/client.ts';
import { type DatabaseClient, recognize } from './clients/recognize.ts';
import { MIGRATIONS, PREPARATION } from './migrations.ts';

export interface Migrated {
  /** The version that the tables have now. */
  readonly version: number;
  /** The versions that were run by this call; none when there was nothing to do. */
  readonly ran: readonly number[];
}

/** A large table may take its time. */
const TIMEOUT_MS = 10 * 60_000;

/** Held by whoever migrates; anybody else waits, and then finds nothing to do. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))`;

/**
 * Safe to call at every start, from any number of instances. All of it happens in one transaction, or none. Tables that
 * are newer than this version are left alone, so that an older instance may start beside a newer one.
 * @throws DatabaseError for a client that is none
 */
export async function migrate(client: DatabaseClient): Promise<Migrated> {
  return recognize(client).transaction(migrateBy, { timeoutMs: TIMEOUT_MS });
}

async function migrateBy(run: Run): Promise<Migrated> {
  await run({ sql: LOCK, params: ['kassa migrations'] });
  await run({ sql: PREPARATION, params: [] });
  const known = await run({ sql: 'select version from kassa.migrations where version > $1', params: [0] });
  const there = new Set(known.map(([version]) => Number(version)));
  const ran: number[] = [];
  for (const { version, sql } of MIGRATIONS.filter((it) => !there.has(it.version))) {
    await run({ sql, params: [] });
    await run({ sql: 'insert into kassa.migrations (version) values ($1)', params: [version] });
    ran.push(version);
  }
  return { version: Math.max(...there, ...ran), ran };
}
