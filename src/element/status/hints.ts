/**
 * What another page says is a hint, because any script of the shop's origin can say it too: it makes this page ask its
 * own status route, at once, and then no more often than one that polls. A hidden page asks when it is shown.
 */
import { pauseAfter } from '../../model/polling.ts';

export interface HintOptions {
  /** Answers whether there was anything new. */
  readonly ask: (signal: AbortSignal) => Promise<boolean>;
  /** How many other pages the same hint may have reached. */
  readonly others: () => Promise<number>;
}

export interface Hints {
  take(): void;
  stop(): void;
}

/** Of many pages that one hint reaches, so many ask in a second. */
const QUESTIONS_PER_SECOND = 20;
const LONGEST_SPREAD_MS = 5_000;

export const spread = (others: number, random: () => number): number =>
  random() * Math.min(LONGEST_SPREAD_MS, (others * 1_000) / QUESTIONS_PER_SECOND);

export function followHints({ ask, others }: HintOptions): Hints {
  const leaving = new AbortController();
  const { signal } = leaving;
  let isWanted = false;
  let isBusy = false;
  let asked = 0;

  const act = async (): Promise<void> => {
    if (isBusy || !isWanted || document.hidden || signal.aborted) return;
    isBusy = true;
    const wait = spread(await others().catch(() => 0), Math.random);
    if (wait > 0) await pause(wait, signal);
    isWanted = false;
    const isNews = await ask(signal).catch(() => {
      isWanted = true;
      return false;
    });
    if (isNews) asked = 0;
    await pause(pauseAfter(asked, Math.random), signal);
    asked += 1;
    isBusy = false;
    void act();
  };
  const look = (): void => void act();
  document.addEventListener('visibilitychange', look, { signal });

  return {
    take() {
      isWanted = true;
      look();
    },
    stop() {
      leaving.abort();
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
