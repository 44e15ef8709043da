/** The machine's timers, by name. */
import type { TimerName } from './machine/machine.ts';

/** After a sleep of the device a timer is late; so it looks this often. (A longer one than 24 days would fire at once.) */
const LOOK_AFTER_MS = 30_000;

export class Timers {
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  readonly #onTime: (name: TimerName) => void;

  constructor(onTime: (name: TimerName) => void) {
    this.#onTime = onTime;
  }

  /**
   * By the clock that nobody can set. It may stand still while the device sleeps, and a token does not: so what has
   * passed is what either clock says has. A clock that is set meanwhile ends a token early, once.
   */
  start(name: TimerName, ms: number): void {
    const from = performance.now();
    const fromDate = Date.now();
    const look = (): void => {
      const awake = performance.now() - from;
      const left = ms - (name === 'expiry' ? Math.max(awake, Date.now() - fromDate) : awake);
      if (left > 0) this.#timers.set(name, setTimeout(look, Math.min(left, LOOK_AFTER_MS)));
      else this.#onTime(name);
    };
    this.stop(name);
    look();
  }

  stop(name: TimerName): void {
    clearTimeout(this.#timers.get(name));
  }
}
