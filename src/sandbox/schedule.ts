/**
 * Runs what is due. Due work is found in the database by its time, so it survives a restart; in real time a timer
 * wakes each worker, and `advance` steps the clock from one due time to the next, so that a test sees every retry at
 * its own minute.
 */
import type { World } from './world.ts';

export interface Worker {
  /** When there is something to do next, or nothing. */
  nextDue(): Promise<number | undefined>;
  /** Does everything due up to now, in order. */
  runDue(): Promise<void>;
  /** Told while it runs, too, that there may be something new: it need not end before it looks. */
  stir?(): void;
  /** Told while it runs to begin nothing more, and to end soon. */
  stop?(): void;
}

export interface Schedule {
  /** Says that there may be new work. Never waits. */
  wake(): void;
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Timers count at most 2^31 - 1 ms; looking again each hour costs nothing. */
const LONGEST_SLEEP_MS = 3_600_000;

export function createSchedule({ clock, ticking }: World, workers: readonly Worker[]): Schedule {
  const loops = workers.map((worker) => createLoop(worker));

  function createLoop(worker: Worker) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: Promise<void> = Promise.resolve();
    let closed = false;
    /** A run that has not begun: it will find whatever is said of until then. */
    let queued: Promise<void> | undefined;

    /** One run at a time: a timer and an advance must not do the same work twice. */
    const run = (): Promise<void> => {
      if (queued) return queued;
      queued = last.then(() => {
        queued = undefined;
        return closed ? undefined : worker.runDue();
      });
      last = queued;
      return queued;
    };
    const sleep = async (): Promise<void> => {
      const due = closed ? undefined : await worker.nextDue();
      clearTimeout(timer);
      if (closed || due === undefined || !ticking) return;
      timer = setTimeout(wake, Math.min(Math.max(0, due - clock.now()), LONGEST_SLEEP_MS));
    };
    const wake = (): void => {
      worker.stir?.();
      if (queued) return;
      last = run().then(sleep);
      last.catch(rethrow);
    };
    const close = async (): Promise<void> => {
      closed = true;
      clearTimeout(timer);
      worker.stop?.();
      await last.catch(() => undefined);
    };
    return { worker, run, wake, sleep, close };
  }

  async function advance(ms: number): Promise<void> {
    const target = clock.now() + ms;
    for (;;) {
      for (const { run } of loops) await run();
      const dues = await Promise.all(loops.map(({ worker }) => worker.nextDue()));
      const next = Math.min(...dues.map((due) => due ?? Number.POSITIVE_INFINITY));
      if (next > target) break;
      clock.moveTo(next);
    }
    clock.moveTo(target);
    for (const { sleep } of loops) await sleep();
  }

  return {
    wake() {
      for (const loop of loops) {
        if (ticking) loop.wake();
      }
    },
    advance,
    async close() {
      await Promise.all(loops.map((loop) => loop.close()));
    },
  };
}

/** A fault in due work is a fault of the sandbox: it must be seen, not swallowed by a promise. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
