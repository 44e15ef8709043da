/** Medians, how far to trust their ratio, and chance that can be repeated. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Ratio {
  readonly value: number;
  /** Bootstrap 95 % interval of the ratio of medians. */
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/**
 * Of values that were measured in the same rounds: what a round suffered, both suffered, so whole rounds are drawn.
 */
export function ratioOfMedians(
  values: readonly number[],
  floor: readonly number[],
  random: () => number = Math.random,
): Ratio {
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const drawn = values.map(() => Math.floor(random() * values.length));
    const of = (from: readonly number[]): number[] => drawn.map((round) => from[round] ?? Number.NaN);
    return median(of(values)) / median(of(floor));
  });
  ratios.sort((a, b) => a - b);
  const at = (share: number): number => ratios[Math.floor(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { value: median(values) / median(floor), low: at(0.025), high: at(0.975) };
}

/** mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}
