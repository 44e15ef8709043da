/**
 * "Money moves" is said again and again for as long as it does. A page that falls silent in the middle of it has died, or
 * its process has, and no browser tells: so the lock that it holds has a deadline.
 */

/** By which a page that repeats itself (`beats` among its `caps`) must have; and one of which nobody knows whether it would. */
const SILENT_AFTER_MS = { beats: 30_000, unknown: 60_000 };

export interface Lock {
  /** The page has said hello, anew. */
  begin(caps: readonly string[]): void;
  hear(locked: boolean): void;
  stop(): void;
}

/** `onSilent` once for each silence; what is heard after it begins anew. */
export function watchLock(onSilent: () => void): Lock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let patience = SILENT_AFTER_MS.unknown;
  const wait = (): void => {
    clearTimeout(timer);
    // A page that nobody sees is given little time by its browser; so is the one that waits for it.
    timer = setTimeout(() => (document.hidden ? wait() : onSilent()), patience);
  };
  return {
    begin(caps) {
      patience = SILENT_AFTER_MS[caps.includes('beats') ? 'beats' : 'unknown'];
    },
    hear(locked) {
      if (locked) wait();
      else clearTimeout(timer);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
