/** Which client it is, by what it can do: Kassa imports none of them. */
import { DatabaseError } from '../errors.ts';
import type { Client } from './client.ts';
import { fromNodePostgres, type NodePostgres, type NodePostgresClient } from './node-postgres.ts';
import { fromPglite, type Pglite } from './pglite.ts';
import { fromPostgresJs, type PostgresJs } from './postgres-js.ts';

/** A client that you made: `postgres(url)`, a `Pool` of `pg`, or a `PGlite`. */
export type DatabaseClient = PostgresJsShape | NodePostgresShape | PgliteShape;

/** What tells them apart, loosely enough for every version's own types. */
interface PostgresJsShape {
  begin: unknown;
  unsafe: unknown;
  listen: unknown;
  options: { max: number };
}
interface NodePostgresShape {
  connect: unknown;
  query: unknown;
  totalCount: number;
}
interface PgliteShape {
  transaction: unknown;
  exec: unknown;
  listen: unknown;
}

/** The client's own transaction: `TransactionSql` of `postgres`, `PoolClient` of `pg`, `Transaction` of PGlite. */
export type TransactionOf<It> = It extends {
  begin(options: string, work: (tx: infer Tx) => unknown): unknown;
}
  ? Tx
  : It extends { transaction(work: (tx: infer Tx) => Promise<unknown>): unknown }
    ? Tx
    : It extends { connect: { (): Promise<infer Tx>; (callback: never): void } }
      ? Tx
      : never;

/** @throws DatabaseError for anything else, and for a pool that is too small. */
export function recognize<It extends DatabaseClient>(client: It): Client<TransactionOf<It>> {
  return recognized(client) as unknown as Client<TransactionOf<It>>;
}

function recognized(client: unknown): Client<object> | Client<NodePostgresClient> {
  const can = (...names: readonly string[]): boolean =>
    ((typeof client === 'object' && client !== null) || typeof client === 'function') &&
    names.every((name) => typeof (client as Readonly<Record<string, unknown>>)[name] === 'function');
  if (can('begin', 'unsafe', 'listen')) return fromPostgresJs(client as PostgresJs);
  if (can('transaction', 'exec', 'listen')) return fromPglite(client as Pglite);
  if (can('connect', 'query', 'on') && 'totalCount' in (client as object)) {
    return fromNodePostgres(client as NodePostgres);
  }
  throw DatabaseError.unknownClient();
}
