/** Hands out the stages: each lane that is free takes the first one that may begin. */
import type { Stage } from './stages.ts';

/** `run` is told its lane. Answers in the order in which the stages ended. */
export async function inLanes<T>(
  lanes: number,
  stages: readonly Stage[],
  run: (lane: number, stage: Stage) => Promise<T>,
): Promise<readonly T[]> {
  const waiting = [...stages];
  const results: T[] = [];
  const running = new Map<number, Promise<void>>();
  const free = Array.from({ length: lanes }, (_, lane) => lane);
  const isOver = new Set<string>();
  const mayBegin = ({ after }: Stage): boolean =>
    after === undefined || isOver.has(after) || !stages.some(({ name }) => name === after);
  for (;;) {
    const next = free.length === 0 ? -1 : waiting.findIndex(mayBegin);
    const [stage] = next < 0 ? [] : waiting.splice(next, 1);
    const lane = stage && free.shift();
    if (stage && lane !== undefined) {
      const end = run(lane, stage).then((result) => {
        results.push(result);
        isOver.add(stage.name);
        running.delete(lane);
        free.unshift(lane);
      });
      running.set(lane, end);
    } else if (running.size > 0) {
      await Promise.race(running.values());
    } else {
      return results;
    }
  }
}
