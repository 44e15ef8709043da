import { KassaError } from '../../model/errors.ts';

type StoreErrorCode = 'package-missing' | 'database-url' | 'database-unreachable' | 'folder-locked';

/** The one line that installs what the sandbox needs and a shop's install leaves out. */
export const INSTALL_LINE =
  'npm install --save-dev hono @hono/node-server drizzle-orm @electric-sql/pglite@0.5.17 postgres';

/** Why the sandbox's data cannot be opened. Its `message` and `hint` are written to be printed as they are. */
export class StoreError extends KassaError<StoreErrorCode> {
  static missing(cause: unknown): StoreError {
    return new StoreError({
      code: 'package-missing',
      message: 'The sandbox needs packages that a shop does not, and one of them is not installed.',
      hint: `Install them: ${INSTALL_LINE}`,
      retryable: false,
      cause,
    });
  }

  static notAUrl(): StoreError {
    return new StoreError({
      code: 'database-url',
      message: 'DATABASE_URL is not the URL of a PostgreSQL database.',
      hint: 'Write it as postgres://user:password@localhost:5432/kassa, or unset it to keep the data in memory.',
      retryable: false,
    });
  }

  static unreachable(place: string, cause: unknown): StoreError {
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : errorCode(cause);
    return new StoreError({
      code: 'database-unreachable',
      message: `PostgreSQL at ${place} cannot be used: ${reason}`,
      hint: 'Check that the server runs, that the database exists and that user and password in DATABASE_URL are right; or unset DATABASE_URL to keep the data in memory.',
      retryable: true,
    });
  }

  static locked(folder: string, pid: number): StoreError {
    return new StoreError({
      code: 'folder-locked',
      message: `The data folder ${folder} is in use by another sandbox (process ${pid}).`,
      hint: 'Stop that process, or give this one another folder with KASSA_DATA_DIR.',
      retryable: false,
    });
  }
}

function errorCode(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'no answer';
}

/** Imports an optional package, or says how to get it. */
export async function load<T>(importPackage: () => Promise<T>): Promise<T> {
  try {
    return await importPackage();
  } catch (error) {
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND') throw StoreError.missing(error);
    throw error;
  }
}
