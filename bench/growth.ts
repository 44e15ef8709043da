/** What it costs to have more of something: measured at several sizes, told as the slope of a line through them. */
import { type Bench, digits, judged, tell } from './report.ts';
import { type Estimate, mediansBySize, type Point, type Scale, shuffled, slopeOf } from './statistics.ts';

export interface GrowthRow {
  readonly name: string;
  /** The median at each size. */
  readonly medians: readonly Point[];
  readonly slope: Estimate;
  /** The most that the slope should be. */
  readonly goal?: number;
}

/** Rows that were measured in the same rounds, the floor first. */
export interface Growth {
  readonly name: string;
  readonly unit: string;
  /** What the slope is of: one more of them, or ten times as many. */
  readonly scale: Scale;
  readonly of: string;
  readonly rounds: number;
  readonly rows: readonly GrowthRow[];
}

export type Measured<Name extends string> = Readonly<Record<Name, number>>;

/** One of the things that are measured at once. */
export interface Measure {
  readonly name: string;
  readonly unit: string;
}

interface Growing<Name extends string> {
  readonly name: string;
  readonly scale: Scale;
  readonly of: string;
  readonly sizes: readonly number[];
  readonly measures: Readonly<Record<Name, Measure>>;
}

export interface GrowingVariant<Name extends string> {
  readonly name: string;
  readonly measure: (size: number) => Promise<Measured<Name>>;
  readonly goals?: Readonly<Partial<Record<Name, number>>>;
}

const WARM_UPS = 1;
const MOST_ROUNDS = 20;

/** All variants at all sizes in each round, in an order of chance. */
export async function grow<Name extends string>(
  bench: Bench,
  { name, scale, of, sizes, measures }: Growing<Name>,
  variants: readonly GrowingVariant<Name>[],
): Promise<void> {
  const rounds = Math.min(bench.rounds, MOST_ROUNDS);
  const runs = variants.flatMap((variant) => sizes.map((size) => ({ variant, size })));
  const found = new Map(
    variants.map((variant) => [variant, [] as (readonly [size: number, Measured<Name>])[][]]),
  );
  for (let round = -WARM_UPS; round < rounds; round += 1) {
    tell(`${name}: round ${Math.max(0, round + 1)} of ${rounds}`);
    if (round >= 0) for (const ofVariant of found.values()) ofVariant.push([]);
    for (const { variant, size } of shuffled(runs, bench.random)) {
      const measured = await variant.measure(size);
      found.get(variant)?.at(-1)?.push([size, measured]);
    }
  }
  for (const key of Object.keys(measures) as Name[]) {
    const { name: what, unit } = measures[key];
    tellGrowth(bench, {
      ...{ name: `${name}: ${what}`, unit, scale, of, rounds },
      rows: variants.map((variant) => ({
        name: variant.name,
        goal: variant.goals?.[key],
        rounds: (found.get(variant) ?? []).map((round) =>
          round.map(([size, by]) => [size, by[key]] as const),
        ),
      })),
    });
  }
}

interface Found extends Omit<Growth, 'rows'> {
  readonly rows: readonly {
    readonly name: string;
    readonly rounds: readonly (readonly Point[])[];
    readonly goal?: number | undefined;
  }[];
}

/** Fits the lines, keeps and prints them. */
export function tellGrowth(bench: Bench, { rows, ...found }: Found): void {
  const growth: Growth = {
    ...found,
    rows: rows.map(({ name, rounds, goal }) => ({
      name,
      medians: [...mediansBySize(rounds.flat())].sort(([a], [b]) => a - b),
      slope: slopeOf(rounds, found.scale, bench.random),
      ...(goal !== undefined && { goal }),
    })),
  };
  bench.growths.push(growth);
  tell('');
  print(growth);
}

const PER: Readonly<Record<Scale, string>> = { linear: 'for each further', log: 'for ten times the' };

function print({ name, unit, scale, of, rounds, rows }: Growth): void {
  const sizes = rows[0]?.medians.map(([size]) => size.toLocaleString('en')) ?? [];
  console.log(
    `\n${name} (${unit} at ${sizes.join(', ')}; ${scale} slope ${PER[scale]} ${of}, ${rounds} rounds)`,
  );
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const { name: row, medians, slope, goal } of rows) {
    const values = medians.map(([, value]) => digits(value).padStart(8)).join('');
    console.log(`  ${row.padEnd(width)} ${values}  slope ${judged(slope, goal)}`);
  }
}
