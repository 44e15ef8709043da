/** Medians, and how far to trust their ratio. */
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

export function ratioOfMedians(values: readonly number[], floor: readonly number[]): Ratio {
  const draw = (from: readonly number[]): number[] =>
    from.map(() => from[Math.floor(Math.random() * from.length)] ?? Number.NaN);
  const ratios = Array.from({ length: RESAMPLES }, () => median(draw(values)) / median(draw(floor)));
  ratios.sort((a, b) => a - b);
  const at = (share: number): number => ratios[Math.floor(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { value: median(values) / median(floor), low: at(0.025), high: at(0.975) };
}
