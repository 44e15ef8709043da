/** Nothing waits for a database for ever: not for a connection, and not for an answer that was lost on its way. */
import { DatabaseError } from './errors.ts';

/** Rejects with a `DatabaseError` when the work takes longer; what it does later is nobody's. */
export async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(DatabaseError.timeout(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
