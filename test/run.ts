/**
 * `npm test`: every check of the project in two lanes (the machines have two cores), one line a stage, and the real
 * totals at the end. A failing stage prints all it said. `npm test -- node browser` runs only the stages named.
 */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { glob } from './files.ts';
import { findFirefox } from './firefox.ts';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Stage {
  readonly name: string;
  readonly command: () => Promise<readonly string[]>;
  /** Reads the runner's own totals from its output; a stage without one counts as a single check. */
  readonly totals?: (output: string) => Totals | undefined;
}

const bin = (name: string): string => `node_modules/.bin/${name}`;

const number = (output: string, pattern: RegExp): number =>
  [...output.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);

const nodeTotals = (output: string): Totals => ({
  passed: number(output, /^ℹ pass (\d+)$/gm),
  failed: number(output, /^ℹ (?:fail|cancelled) (\d+)$/gm),
  skipped: number(output, /^ℹ (?:skipped|todo) (\d+)$/gm),
});

/** The runner repeats its line while it works; the last one counts. */
const browserTotals = (output: string): Totals | undefined => {
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/g)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0) };
};

const journeyTotals = (output: string): Totals => ({
  passed: number(output, /^\s+(\d+) passed/gm),
  failed: number(output, /^\s+(\d+) (?:failed|flaky|interrupted|did not run)/gm),
  skipped: number(output, /^\s+(\d+) skipped/gm),
});

const inBrowsers = (config: string, files: readonly string[]): readonly string[] => [
  process.execPath,
  '--import=tsx',
  'node_modules/@web/test-runner/dist/bin.js',
  '--config',
  config,
  '--files',
  ...files,
];

/** What engines do differently: windows, frames, storage, channels, locks, and a tab that sleeps. */
const IN_FIREFOX = ['challenge/payment', 'status/shared', 'status/feed', 'life'].map(
  (name) => `test/element/${name}.test.ts`,
);

const firefox: readonly Stage[] = (await findFirefox())
  ? [
      {
        name: 'firefox',
        command: () => Promise.resolve(inBrowsers('test/wtr.firefox.config.js', IN_FIREFOX)),
        totals: browserTotals,
      },
    ]
  : [];

const LANES: readonly (readonly Stage[])[] = [
  [
    { name: 'types', command: () => Promise.resolve([bin('tsc'), '-p', '.']) },
    { name: 'lint', command: () => Promise.resolve([bin('eslint'), '.']) },
    { name: 'format', command: () => Promise.resolve([bin('prettier'), '--check', '--log-level=warn', '.']) },
    {
      name: 'browser',
      command: async () => inBrowsers('test/wtr.config.js', await glob('browser')),
      totals: browserTotals,
    },
    {
      name: 'journeys',
      command: () => Promise.resolve([bin('playwright'), 'test', '--config', 'test/playwright.config.ts']),
      totals: journeyTotals,
    },
    ...firefox,
  ],
  [
    {
      name: 'node',
      command: async () => [
        process.execPath,
        '--import=tsx',
        '--test',
        '--test-reporter=spec',
        ...(await glob('node')),
      ],
      totals: nodeTotals,
    },
  ],
];

interface Result {
  readonly code: number;
  readonly output: string;
}

function execute([file = '', ...args]: readonly string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    // Some runners colour their totals whatever they are told.
    child.on('close', (code) => resolve({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

async function runStage(stage: Stage): Promise<Totals> {
  const startedAt = performance.now();
  const { code, output } = await execute(await stage.command());
  const counted = stage.totals?.(output) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  // A runner that fails without a failed test (a crash, a missing file, nothing found) is one failure.
  const nothingRan = counted.passed + counted.failed === 0;
  const broken = counted.failed === 0 && (code !== 0 || nothingRan);
  const totals = broken ? { ...counted, failed: 1 } : counted;
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  console.log(
    `${stage.name.padEnd(9)} ${totals.passed} passed, ${totals.failed} failed${skipped} (${seconds} s)`,
  );
  if (totals.failed > 0) console.log(output);
  for (const line of output.match(/^.*\bNOT TESTED\b.*$/gm) ?? []) console.log(`          ${line.trim()}`);
  return totals;
}

async function runLane(stages: readonly Stage[]): Promise<readonly Totals[]> {
  const results: Totals[] = [];
  for (const stage of stages) results.push(await runStage(stage));
  return results;
}

const wanted = process.argv.slice(2);
const lanes = LANES.map((lane) => lane.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
const results = (await Promise.all(lanes.map(runLane))).flat();
const sum = (key: keyof Totals): number => results.reduce((total, result) => total + result[key], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
