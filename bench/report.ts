/** What a bench found: printed as a table, and written as JSON beside the commit, the seed and the machine. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { type Estimate, median, ratioOfMedians, seeded, shuffled } from './statistics.ts';
import type { Growth } from './growth.ts';
import type { Profile } from './profile.ts';

export interface Row {
  readonly name: string;
  readonly median: number;
  /** Of the floor of its group. */
  readonly ratio: Estimate;
  /** The most that the ratio should be. */
  readonly goal?: number;
}

/** Rows that were measured in the same rounds, the floor first. */
export interface Group {
  readonly name: string;
  readonly unit: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

export interface Bench {
  readonly seed: number;
  readonly random: () => number;
  readonly rounds: number;
  readonly groups: Group[];
  readonly growths: Growth[];
  readonly profiles: Profile[];
}

export const startBench = (seed: number, rounds: number): Bench => ({
  seed,
  random: seeded(seed),
  rounds,
  groups: [],
  growths: [],
  profiles: [],
});

export interface Variant {
  readonly name: string;
  readonly measure: () => number | Promise<number>;
  readonly goal?: number;
}

interface Setting {
  readonly name: string;
  readonly unit: string;
  readonly rounds?: number;
  readonly warmUps?: number;
}

/** All variants in each round, in an order of chance; the first is the floor of the others. */
export async function compare(
  bench: Bench,
  { name, unit, rounds = bench.rounds, warmUps = 2 }: Setting,
  variants: readonly Variant[],
): Promise<Group> {
  const samples = new Map<string, number[]>(variants.map((variant) => [variant.name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    tell(`${name}: round ${Math.max(0, round + 1)} of ${rounds}`);
    for (const variant of shuffled(variants, bench.random)) {
      const value = await variant.measure();
      if (round >= 0) samples.get(variant.name)?.push(value);
    }
  }
  const floor = samples.get(variants[0]?.name ?? '') ?? [];
  const rows = variants.map(({ name: variant, goal }): Row => {
    const values = samples.get(variant) ?? [];
    const ratio = ratioOfMedians(values, floor, bench.random);
    return { name: variant, median: median(values), ratio, ...(goal !== undefined && { goal }) };
  });
  const group = { name, unit, rounds, rows };
  bench.groups.push(group);
  tell('');
  print(group);
  return group;
}

/** So many calls, so many of them under way at once. */
export async function callMany(times: number, atOnce: number, call: () => Promise<unknown>): Promise<void> {
  let left = times;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    }),
  );
}

/** One line that is written over, where somebody watches. */
export function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

export const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** With its interval, which alone decides whether a goal is missed. */
export function judged({ value, low, high }: Estimate, goal: number | undefined, unit = ''): string {
  const verdict = goal === undefined ? '' : `  goal ≤ ${goal}${low > goal ? ': MISSED' : ''}`;
  return `${digits(value)}${unit} [${digits(low)}, ${digits(high)}]${verdict}`;
}

function print({ name, unit, rounds, rows }: Group): void {
  console.log(`\n${name} (${unit}, ${rounds} rounds)`);
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const { name: row, median: middle, ratio, goal } of rows) {
    console.log(`  ${row.padEnd(width)}  ${digits(middle).padStart(8)}  ${judged(ratio, goal, ' ×')}`);
  }
}

const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** What was measured, if anything. */
export function save(name: string, { seed, groups, growths, profiles }: Bench): void {
  if (groups.length + growths.length + profiles.length === 0) return;
  mkdirSync('bench/results', { recursive: true });
  const result = {
    bench: name,
    commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', 'src') === '' ? '' : '+'),
    seed,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 1_073_741_824),
      system: `${process.platform} ${release()}`,
      node: process.version,
    },
    groups,
    ...(growths.length > 0 && { growths }),
    ...(profiles.length > 0 && { profiles }),
  };
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(result, undefined, 2)}\n`);
}
