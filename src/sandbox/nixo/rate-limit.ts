/** So many requests a second for each key, where the control routes set a limit. */
import type { Config } from '../config.ts';
import type { Clock } from '../world.ts';

/** Counts a request, and says whether it is one too many. */
export type RateLimit = (config: Config, key: string) => boolean;

export function createRateLimit(clock: Clock): RateLimit {
  const windows = new Map<string, { readonly second: number; readonly asked: number }>();
  return ({ nixoRequestsPerSecond: limit }, key) => {
    if (limit === null) return false;
    const second = Math.floor(clock.now() / 1_000);
    const window = windows.get(key);
    const asked = window?.second === second ? window.asked + 1 : 1;
    windows.set(key, { second, asked });
    return asked > limit;
  };
}
