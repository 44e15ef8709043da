/**
 * "Money moves" is said again and again for as long as it does. A page that falls silent in the middle of it has died, or
 * its process has, and no browser tells: so the lock that it holds has a deadline. One that goes on saying it for ever
 * has another, which no word of the page puts off.
 */

/** By which a page that repeats itself (`beats` among its `caps`) must have; and one of which nobody knows whether it would. */
const SILENT_AFTER_MS = { beats: 30_000, unknown: 60_000 };

/** EMV 3-D Secure gives a challenge ten minutes; what is before and behind it takes less than five. */
const LONGEST_MS = 900_000;

/** A shopper who wants to leave finds that they may. A page that lets go for less has not let go. */
const FREE_AFTER_MS = 5_000;

export interface Lock {
  /** The page has said hello, anew. */
  begin(caps: readonly string[]): void;
  /** Answers whether it counts: a page that has held the shopper for too long is believed no more. */
  hear(locked: boolean): boolean;
  stop(): void;
}

/** `onStopped` once for each silence, what is heard after it begins anew; and once when it has gone on for too long. */
export function watchLock(onStopped: () => void): Lock {
  let silence: ReturnType<typeof setTimeout> | undefined;
  let end: ReturnType<typeof setTimeout> | undefined;
  let release: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let patience = SILENT_AFTER_MS.unknown;
  /** A page that nobody sees is given little time by its browser; so is the one that waits for it. */
  const inSight = (act: () => void, again: () => void): void => (document.hidden ? again() : act());
  const wait = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => inSight(onStopped, wait), patience);
  };
  const endWithin = (ms: number): void => {
    end = setTimeout(() => inSight(tooLong, () => endWithin(patience)), ms);
  };
  const tooLong = (): void => {
    isOver = true;
    clearTimeout(silence);
    onStopped();
  };
  const letGo = (): void => {
    clearTimeout(end);
    end = undefined;
    isOver = false;
  };
  return {
    begin(caps) {
      patience = SILENT_AFTER_MS[caps.includes('beats') ? 'beats' : 'unknown'];
    },
    hear(locked) {
      if (!locked) {
        clearTimeout(silence);
        release ??= setTimeout(letGo, FREE_AFTER_MS);
        return true;
      }
      clearTimeout(release);
      release = undefined;
      if (isOver) return false;
      if (end === undefined) endWithin(LONGEST_MS);
      wait();
      return true;
    },
    stop() {
      for (const timer of [silence, end, release]) clearTimeout(timer);
    },
  };
}
