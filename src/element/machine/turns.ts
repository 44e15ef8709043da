/**
 * Run to completion: inputs are taken one after another. What a listener asks for while the effects of one are performed
 * waits until they are done, so that an effect never meets a session that it does not belong to.
 */

/** Listeners that call each other for ever keep nobody from using the page: after so many turns it gets its own. */
const MOST_AT_ONCE = 100;

export interface Turns<T> {
  /** Something is being taken right now. */
  readonly busy: boolean;
  /** `answers`: to a question of the turn that is under way, so it comes before all that waits. */
  take(one: T, answers?: boolean): void;
}

export function inTurn<T>(act: (one: T) => void): Turns<T> {
  const waiting: T[] = [];
  let busy = false;
  let isPutOff = false;
  const run = (): void => {
    if (busy || isPutOff) return;
    busy = true;
    try {
      for (let turns = 0; waiting.length > 0; turns += 1) {
        if (turns === MOST_AT_ONCE) {
          isPutOff = true;
          setTimeout(() => {
            isPutOff = false;
            run();
          });
          return;
        }
        act(waiting.shift() as T);
      }
    } finally {
      busy = false;
    }
  };
  return {
    get busy() {
      return busy;
    },
    take(one, answers) {
      if (answers) waiting.unshift(one);
      else waiting.push(one);
      run();
    },
  };
}
