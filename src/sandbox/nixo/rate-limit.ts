/** So many requests a second for each key, where the control routes set a limit. */
import type { Config } from '../config.ts';
import type { Clock } from '../world.ts';

/** Answers after how many seconds to come again, or nothing. */
export type RateLimit = (config: Config, key: string) => number | undefined;

export function createRateLimit(clock: Clock): RateLimit {
  const windows = new Map<string, { readonly second: number; readonly asked: number }>();
  return ({ nixoRequestsPerSecond: limit }, key) => {
    if (limit === null) return undefined;
    const second = Math.floor(clock.now() / 1_000);
    const window = windows.get(key);
    const asked = window?.second === second ? window.asked + 1 : 1;
    windows.set(key, { second, asked });
    return asked > limit ? 1 : undefined;
  };
}
