/** What is under way: how many at once, and what came of them. */
import type { World } from '../world.ts';
import { attemptDelivery, type UnderWay } from './attempt.ts';
import { createBell } from './bell.ts';
import type { Outcome, Taken } from './claims.ts';
import { answerWithinMs, stateAfter } from './rules.ts';

/** As many are under way at once, of those that a receiver may still answer soon. */
const BATCH = 128;
/** A receiver that has not answered by then is no longer waited for by the others. */
const SLOW_MS = 250;
/** In all, slow ones too: so much is in memory, and so many connections are open. */
export const MOST_UNDER_WAY = 1_024;
/** Of these to one address, so that a receiver that hangs leaves room for others however much is due to it. */
const MOST_SLOW_TO_ONE = 256;
/** So many outcomes are written in one statement, unless nothing else is to be waited for, */
const ENOUGH = 64;
/** or the first has waited for this long. */
const GATHER_MS = 25;

interface OnItsWay extends UnderWay {
  readonly webhook: Taken;
  /** By a clock that nobody advances. */
  readonly since: number;
}

export interface Sending {
  begin(webhook: Taken, headers: Readonly<Record<string, string>>): void;
  /** Not sent, and what becomes of it. */
  pass(outcome: Outcome): void;
  /** How many more may begin. */
  room(): number;
  /** Addresses that nothing more is to be sent to for now. */
  full(): readonly string[];
  isIdle(): boolean;
  ids(): readonly string[];
  /** What came since it was last asked. */
  outcomes(): readonly Outcome[];
  /** Settles when there is something to write or room for more; `stir` settles it too. */
  progress(): Promise<void>;
  stir(): void;
  /** Drops every connection. */
  giveUp(because: string): void;
}

export function createSending({ clock, fetch }: World): Sending {
  const bell = createBell();
  /** The oldest first. */
  const underWay = new Set<OnItsWay>();
  let came: Outcome[] = [];
  let isStirred = false;

  function slow(): readonly Taken[] {
    const before = performance.now() - SLOW_MS;
    const found: Taken[] = [];
    for (const { since, webhook } of underWay) {
      if (since > before) break;
      found.push(webhook);
    }
    return found;
  }
  const isEnough = (): boolean => came.length >= ENOUGH || underWay.size === slow().length;

  function pass(outcome: Outcome): void {
    came.push(outcome);
    if (came.length === 1 || isEnough()) bell.ring();
  }

  return {
    begin(webhook, signed) {
      const { system, headers } = webhook;
      const at = clock.now();
      const attempt = attemptDelivery(fetch, {
        ...webhook,
        headers: { ...headers, ...signed },
        answerWithinMs: answerWithinMs(system),
      });
      const onItsWay: OnItsWay = { ...attempt, webhook, since: performance.now() };
      underWay.add(onItsWay);
      void attempt.result.then((result) => {
        underWay.delete(onItsWay);
        const made = { at, ...result };
        pass({ webhook, attempt: made, ...stateAfter(system, webhook.attempts + 1, made) });
      });
    },
    pass,
    room: () => Math.min(BATCH - (underWay.size - slow().length), MOST_UNDER_WAY - underWay.size),
    full() {
      const count = new Map<string, number>();
      for (const { url } of slow()) count.set(url, (count.get(url) ?? 0) + 1);
      return [...count].flatMap(([url, times]) => (times >= MOST_SLOW_TO_ONE ? [url] : []));
    },
    isIdle: () => underWay.size === 0 && came.length === 0,
    ids: () => [...underWay].map(({ webhook }) => webhook.id),
    outcomes() {
      const outcomes = came;
      came = [];
      return outcomes;
    },
    async progress() {
      if (came.length === 0 && underWay.size > 0) await bell.heard(SLOW_MS);
      // What comes in the next moments is written with it.
      if (came.length > 0 && !isEnough() && !isStirred) await bell.heard(GATHER_MS);
      isStirred = false;
    },
    stir() {
      isStirred = true;
      bell.ring();
    },
    giveUp(because) {
      for (const { giveUp } of underWay) giveUp(because);
    },
  };
}
