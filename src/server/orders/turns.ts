/** Whose turn it is: under one key one caller at a time, in the order they came, and none waits longer than it wants to. */
export interface Turns {
  /** Runs `work` when all that came before under this key is done. Rejects with the signal's reason when it aborts first. */
  take<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Somebody has the turn, or waits for it. */
  isTaken(key: string): boolean;
}

export function createTurns(): Turns {
  /** The end of what is under way under a key. */
  const turns = new Map<string, Promise<void>>();

  async function take<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = turns.get(key) ?? Promise.resolve();
    let leave = (): void => undefined;
    const turn = before.then(() => new Promise<void>((resolve) => (leave = resolve)));
    turns.set(key, turn);
    void turn.then(() => turns.get(key) === turn && turns.delete(key));
    try {
      signal?.throwIfAborted();
      await unlessAborted(before, signal);
      return await unlessAborted(work(), signal);
    } finally {
      void before.then(() => leave());
    }
  }

  return { take, isTaken: (key) => turns.has(key) };
}

/** What is waited for, or the reason of the abort, whichever comes first. */
export async function unlessAborted<T>(waited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return waited;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
