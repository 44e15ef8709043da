import { KassaError } from '../model/errors.ts';

type DatabaseErrorCode = 'not-migrated' | 'database-timeout' | 'unknown-client' | 'too-few-connections';

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
