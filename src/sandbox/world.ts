/** Time, chance and network, passed in, so that a test can repeat what happened and 75 minutes pass in milliseconds. */
import { cryptoRandom, type Random } from '../model/ids.ts';

/** The sandbox's clock: a base that may be real, and an offset that only ever grows. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Moves forward to this time; a time already past changes nothing. */
  moveTo(time: number): void;
}

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: typeof globalThis.fetch;
  /** Whether time also passes by itself, so that due work must be woken by a timer. */
  readonly ticking: boolean;
}

function offsetClock(base: () => number): Clock {
  let offsetMs = 0;
  const now = (): number => base() + offsetMs;
  return {
    now,
    moveTo(time) {
      offsetMs += Math.max(0, time - now());
    },
  };
}

/** Real time, which the control page can push ahead. */
const createRealClock = (): Clock => offsetClock(() => Date.now());

const POOL_BYTES = 4_096;

/** Draws for many at once: the way to the system's source costs more than what it gives. No byte is given twice. */
export function inAdvance(random: Random): Random {
  let pool: Uint8Array = new Uint8Array();
  return (length) => {
    if (length > POOL_BYTES) return random(length);
    if (pool.length < length) pool = random(POOL_BYTES);
    const given = pool.slice(0, length);
    pool = pool.subarray(length);
    return given;
  };
}

/** A clock that stands still until it is advanced. */
const createManualClock = (startMs: number): Clock => offsetClock(() => startMs);

export interface WorldOptions {
  /** A number is the start of a clock that stands still. */
  readonly clock?: number | Clock | undefined;
  readonly random?: Random | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export function createWorld({ clock, random, fetch }: WorldOptions = {}): World {
  return {
    clock:
      typeof clock === 'object' ? clock : clock === undefined ? createRealClock() : createManualClock(clock),
    random: random ?? inAdvance(cryptoRandom),
    fetch: fetch ?? globalThis.fetch,
    ticking: clock === undefined,
  };
}
