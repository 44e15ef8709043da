/**
 * How long tests wait for what must come: all deadlines hang on the one number here, and only a hang can reach it,
 * however busy the machine is. Node, both browsers and the journeys read it.
 */

/** For one thing: an event, an element, an answer, a browser that starts. */
export const PATIENCE_MS = 60_000;

/** For one test, which waits for several things: the wait that hangs gives up first, and says what for. */
export const TEST_PATIENCE_MS = 5 * PATIENCE_MS;

/** For one file of tests. */
export const FILE_PATIENCE_MS = 5 * TEST_PATIENCE_MS;

/** A test may set the clock of the page that it is about. */
const now = performance.now.bind(performance);

/** Looks again and again until it is so. `what` ends the sentence of the failure. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = now() + PATIENCE_MS;
  while (!(await condition())) {
    if (now() > deadline) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
