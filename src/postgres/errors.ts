import { KassaError } from '../model/errors.ts';

type DatabaseErrorCode =
  | 'not-migrated'
  | 'database-timeout'
  | 'unknown-client'
  | 'too-few-connections'
  | 'no-database'
  | 'database-unreachable'
  | 'package-missing';

/** The order book and its database do not come together. */
export class DatabaseError extends KassaError<DatabaseErrorCode> {
  static notMigrated(cause: unknown): DatabaseError {
    return new DatabaseError({
      code: 'not-migrated',
      message: 'The database has no tables of Kassa, or older ones.',
      hint: 'Run `npx kassa migrate`, or `await migrate(client)` before the first request.',
      retryable: false,
      cause,
    });
  }

  static timeout(timeoutMs: number): DatabaseError {
    return new DatabaseError({
      code: 'database-timeout',
      message: `The database did not answer within ${timeoutMs / 1_000} s.`,
      hint: 'Check that it can be reached and has connections to spare. Nothing is lost: what was not recorded comes again.',
      retryable: true,
    });
  }

  static unknownClient(): DatabaseError {
    return new DatabaseError({
      code: 'unknown-client',
      message: 'This is no client of PostgreSQL that Kassa knows.',
      hint: 'Pass what `postgres(url)`, `new pg.Pool(…)` or `new PGlite(folder)` gives you; of `pg` the pool, not one client.',
      retryable: false,
    });
  }

  static notNamed(): DatabaseError {
    return new DatabaseError({
      code: 'no-database',
      message: 'There is no database to migrate: no URL of a PostgreSQL was given.',
      hint: 'Set DATABASE_URL or pass --database-url, as postgres://user:password@localhost:5432/shop; or pass --data-dir for PGlite.',
      retryable: false,
    });
  }

  /** `place` has neither user nor password. */
  static unreachable(place: string, cause: unknown): DatabaseError {
    const { code } = (cause ?? {}) as { readonly code?: unknown };
    return new DatabaseError({
      code: 'database-unreachable',
      message: `The database ${place} cannot be migrated: ${cause instanceof Error && cause.message !== '' ? cause.message : String(code)}`,
      hint: 'Check that the server runs, that the database exists, and that the user may create a schema in it.',
      retryable: true,
      cause,
    });
  }

  static packageMissing(name: string): DatabaseError {
    return new DatabaseError({
      code: 'package-missing',
      message: `The package ${name} is not installed.`,
      hint: 'Install the client that your shop uses, or call migrate(client) from your own code.',
      retryable: false,
    });
  }

  static tooFewConnections(least: number, there: number): DatabaseError {
    return new DatabaseError({
      code: 'too-few-connections',
      message: `The client may open ${there} connections, and the order book needs ${least}.`,
      hint: `Set \`max\` to ${least} or more: one to listen, one to hold a lock, one to work.`,
      retryable: false,
    });
  }
}

const MISSING = new Set(['42P01', '3F000', '42703']);

/** The table, schema or column is not there: PostgreSQL's own codes. */
export function explained(error: unknown): unknown {
  const isMissing =
    error instanceof Error && 'code' in error && typeof error.code === 'string' && MISSING.has(error.code);
  return isMissing ? DatabaseError.notMigrated(error) : error;
}
