/** Tasks that one instance does at a time, by an advisory lock that ends with its holder. */
import type { Client } from './clients/client.ts';
import { within } from './deadline.ts';
import * as statements from './statements.ts';

/** Far less than the database lets the holder say nothing: an instance that vanished holds no lock for long. */
const SIGNS_OF_LIFE_PER_LIMIT = 6;

/** What is at work in this process, by client: PGlite has one session, in which a lock is no lock. */
const atWork = new WeakMap<object, Set<string>>();

interface Task {
  readonly task: string;
  readonly timeoutMs: number;
}

/** Answers whether `work` ran. Rejects when it does. */
export async function exclusively<Tx>(
  database: Client<Tx>,
  client: object,
  { task, timeoutMs }: Task,
  work: () => Promise<void>,
): Promise<boolean> {
  const tasks = atWork.get(client) ?? new Set<string>();
  atWork.set(client, tasks);
  if (tasks.has(task)) return false;
  tasks.add(task);
  try {
    if (!database.isSingle) return await locked(database, { task, timeoutMs }, work);
    await work();
    return true;
  } finally {
    tasks.delete(task);
  }
}

/** The lock is a transaction's, so that it holds behind a pooler too. */
async function locked<Tx>(
  database: Client<Tx>,
  { task, timeoutMs }: Task,
  work: () => Promise<void>,
): Promise<boolean> {
  let isAwaited = true;
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  let working: Promise<boolean> | undefined;
  const done = database.transaction(
    async (run) => {
      const [[isMine] = []] = await run(statements.tryLock({ name: `kassa task ${task}` }));
      if (isMine !== true || !isAwaited) return false;
      working = work().then(() => true);
      begin();
      const life = setInterval(
        () => void run(statements.one({ one: 1 })).catch(() => undefined),
        timeoutMs / SIGNS_OF_LIFE_PER_LIMIT,
      );
      return working.finally(() => clearInterval(life));
    },
    { timeoutMs },
  );
  try {
    // The work has deadlines of its own; waiting for the database needs one here.
    await within(timeoutMs, Promise.race([begun, done]));
    return await done;
  } catch (error) {
    isAwaited = false;
    done.catch(() => undefined);
    // The connection that held the lock was lost, and the work went on.
    if (working) return working;
    throw error;
  }
}
