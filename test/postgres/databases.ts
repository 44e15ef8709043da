/** The order book on each client and database there is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import postgres from 'postgres';
import type { DatabaseClient } from '../../src/postgres/index.ts';

/** A client, and how to run SQL by its transaction: for what a handler of a shop would write. */
export interface Opened {
  readonly client: DatabaseClient;
  run(sql: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  end(): Promise<void>;
}

export const openPostgresJs = (url: string, more: postgres.Options<Record<string, never>> = {}): Opened => {
  // Without a deadline of the library's own, whose timers also outlive the connections that were cut.
  const client = postgres(url, { max: 12, connect_timeout: 0, onnotice: () => undefined, ...more });
  return {
    client,
    run: async (sql, params = []) => client.unsafe(sql, params as never[]),
    end: () => client.end({ timeout: 2 }),
  };
};

export const openNodePostgres = (url: string): Opened => {
  const client = new pg.Pool({ connectionString: url, max: 12 });
  return {
    client,
    run: async (sql, params = []) => (await client.query<Record<string, unknown>>(sql, [...params])).rows,
    end: () => client.end(),
  };
};

export async function openPglite(folder?: string): Promise<Opened> {
  const client = await PGlite.create(folder);
  return {
    client,
    run: async (sql, params = []) => (await client.query<Record<string, unknown>>(sql, [...params])).rows,
    end: () => client.close(),
  };
}

export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'kassa-book-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Writes by the transaction that a handler was given, whichever client's it is. */
export async function writeBy(tx: object, sql: string, params: readonly unknown[]): Promise<void> {
  if ('unsafe' in tx) await (tx as postgres.TransactionSql).unsafe(sql, params as never[]);
  else await (tx as pg.PoolClient).query(sql, [...params]);
}
