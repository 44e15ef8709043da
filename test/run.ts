/**
 * `npm test`: every check of the project, some side by side, one line a stage, and the real totals at the end. A failing stage
 * prints all it said, and the slowest one names its slowest tests. `npm test -- node browser` runs only the stages named.
 */
import { inLanes } from './run/lanes.ts';
import { createScreen } from './run/screen.ts';
import { type Result, runStage, type Totals } from './run/stage.ts';
import { LANES, type Stage, STAGES } from './run/stages.ts';

const SLOWEST = 5;

const wanted = process.argv.slice(2);
const stages = STAGES.map(({ name }) => name);
for (const name of wanted.filter((it) => !stages.includes(it))) {
  console.error(`There is no stage "${name}". There are: ${stages.join(', ')}.`);
  process.exit(1);
}

const screen = createScreen(process.stdout, () => performance.now());

function reportOf({ stage, totals, seconds, output }: Result): string {
  const untested = output.match(/^.*\bNOT TESTED\b.*$/gm) ?? [];
  return [
    `${stage.name.padEnd(9)} ${wordsOf(totals)} (${seconds} s)`,
    ...(totals.failed > 0 ? [output] : []),
    ...untested.map((line) => `          ${line.trim()}`),
  ].join('\n');
}

const wordsOf = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

function slowestOf(results: readonly Result[]): readonly string[] {
  const [slowest] = results.toSorted((one, other) => other.seconds - one.seconds);
  const tests = slowest?.tests.toSorted((one, other) => other.ms - one.ms).slice(0, SLOWEST) ?? [];
  if (!slowest || tests.length === 0) return [];
  return [
    `Slowest in ${slowest.stage.name}:`,
    ...tests.map(({ name, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${name}`),
  ];
}

const chosen = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const chosenNames = chosen.map(({ name }) => name);

async function runIn(lane: number, stage: Stage): Promise<Result> {
  const result = await runStage(stage, (progress) => screen.show(lane, progress), chosenNames);
  screen.show(lane, undefined);
  screen.print(reportOf(result));
  return result;
}

const results = await inLanes(LANES, chosen, runIn);
const sum = (key: keyof Totals): number => results.reduce((total, { totals }) => total + totals[key], 0);
const totals: Totals = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
screen.close();
console.log(['', ...slowestOf(results), '', wordsOf(totals)].join('\n'));
process.exitCode = totals.failed > 0 ? 1 : 0;
