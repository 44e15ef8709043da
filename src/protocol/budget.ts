/**
 * What a frame may cost the page around it. No page of its own free will comes near: a height for each frame of a fast
 * screen is half of what comes back in a second, and what waits while the page is busy for ten seconds is there at once.
 */
export const BUDGET = {
  atOnce: 5_000,
  perSecond: 500,
  costs: {
    message: 1,
    /** Makes a channel, and is answered. */
    hello: 25,
    /** Larger than a message may be; it is not read, but it had to be unpacked. */
    heavy: 1_000,
  },
} as const;

export type Cost = keyof typeof BUDGET.costs;

/** Answers whether there was enough left. */
export function openBudget(now: () => number = () => performance.now()): (cost: Cost) => boolean {
  let left: number = BUDGET.atOnce;
  let at = now();
  return (cost) => {
    const later = now();
    left = Math.min(BUDGET.atOnce, left + ((later - at) / 1_000) * BUDGET.perSecond) - BUDGET.costs[cost];
    at = later;
    return left >= 0;
  };
}
