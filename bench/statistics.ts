/** Medians, how far to trust their ratio and the slope through them, and chance that can be repeated. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** What was found, and its bootstrap 95 % interval. */
export interface Estimate {
  readonly value: number;
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
): Estimate {
  const resample = (): number => {
    const drawn = values.map(() => Math.floor(random() * values.length));
    const of = (from: readonly number[]): number[] => drawn.map((round) => from[round] ?? Number.NaN);
    return median(of(values)) / median(of(floor));
  };
  return { value: median(values) / median(floor), ...interval(resample) };
}

function interval(resample: () => number): Pick<Estimate, 'low' | 'high'> {
  const found = Array.from({ length: RESAMPLES }, resample).sort((a, b) => a - b);
  const at = (share: number): number => found[Math.floor(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

/** How much of something there was, and what was measured there. */
export type Point = readonly [size: number, value: number];

/** What a slope is of: one more of it, or ten times as many. */
export const SCALES = { linear: (size: number) => size, log: Math.log10 } as const;
export type Scale = keyof typeof SCALES;

/**
 * The line of least squares through the median at each size. Whole rounds are drawn again, as what a round suffered it
 * suffered at each size; a draw that has all of one size has no slope, and is drawn anew.
 */
export function slopeOf(
  rounds: readonly (readonly Point[])[],
  scale: Scale,
  random: () => number = Math.random,
): Estimate {
  const value = leastSquares(onScale(rounds, scale));
  if (Number.isNaN(value)) throw new TypeError('A slope needs two sizes.');
  const resample = (): number => {
    for (;;) {
      const drawn = rounds.map(() => rounds[Math.floor(random() * rounds.length)] ?? []);
      const slope = leastSquares(onScale(drawn, scale));
      if (!Number.isNaN(slope)) return slope;
    }
  };
  return { value, ...interval(resample) };
}

function onScale(rounds: readonly (readonly Point[])[], scale: Scale): readonly Point[] {
  return [...mediansBySize(rounds.flat())].map(([size, value]) => [SCALES[scale](size), value]);
}

export function mediansBySize(points: readonly Point[]): ReadonlyMap<number, number> {
  const bySize = new Map<number, number[]>();
  for (const [size, value] of points) bySize.set(size, [...(bySize.get(size) ?? []), value]);
  return new Map([...bySize].map(([size, values]) => [size, median(values)]));
}

/** The slope, or NaN where all points stand above each other. */
export function leastSquares(points: readonly Point[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length;
  const [middle, height] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  let [rise, run] = [0, 0];
  for (const [x, y] of points) {
    rise += (x - middle) * (y - height);
    run += (x - middle) ** 2;
  }
  return rise / run;
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
