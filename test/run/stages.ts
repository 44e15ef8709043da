/** What `npm test` runs, and in which order the stages are begun. */
import { glob } from '../files.ts';
import { findFirefox } from '../firefox.ts';
import { ENGINE_OPTIONS } from '../program.ts';

export interface Stage {
  readonly name: string;
  /** Not beside this one, and after it. */
  readonly after?: string;
  /** What its reporter tells of; a stage without one is a single check. */
  readonly unit?: 'files' | 'tests';
  /** `chosen` are the names of all stages of this run. */
  readonly command: (chosen: readonly string[]) => Promise<readonly string[]>;
}

const tool = (name: string, ...args: readonly string[]): Pick<Stage, 'command'> => ({
  command: () => Promise.resolve([`node_modules/.bin/${name}`, ...args]),
});

const inBrowser = (
  config: string,
  files: () => Promise<readonly string[]>,
): Pick<Stage, 'command' | 'unit'> => ({
  unit: 'files',
  command: async () => [
    process.execPath,
    '--import=tsx',
    'node_modules/@web/test-runner/dist/bin.js',
    ...['--config', config],
    ...['--files', ...(await files())],
  ],
});

/** What engines do differently: windows, frames, storage, channels, locks, and a tab that sleeps. */
const IN_FIREFOX = [
  'ahead',
  'challenge/payment',
  'challenge/nested',
  'frame/storm',
  'shell/gestures',
  'shell/page',
  'status/shared',
  'status/feed',
  'life',
  'real-pages',
].map((name) => `test/element/${name}.test.ts`);

/** Types too: `.oxlintrc.json`. */
const lint: Stage = { name: 'lint', ...tool('oxlint') };
const format: Stage = { name: 'format', ...tool('oxfmt', '--check') };
/** Files, exports and dependencies that nobody uses. */
const unused: Stage = { name: 'unused', ...tool('knip', '--no-progress') };
const browser: Stage = { name: 'browser', ...inBrowser('test/wtr.config.js', () => glob('browser')) };
const journeys: Stage = {
  name: 'journeys',
  unit: 'tests',
  command: () =>
    Promise.resolve([
      // Its workers inherit the options.
      ...[process.execPath, ...ENGINE_OPTIONS, 'node_modules/@playwright/test/cli.js'],
      ...['test', '--config', 'test/playwright.config.ts'],
    ]),
};
const firefox: Stage = {
  name: 'firefox',
  ...inBrowser('test/wtr.firefox.config.js', () => Promise.resolve(IN_FIREFOX)),
};
/** What builds and packs all of it. */
const PACKAGE = 'test/package/exports.test.ts';

const inNode = (files: () => Promise<readonly string[]>): Pick<Stage, 'command' | 'unit'> => ({
  unit: 'files',
  command: async () => [process.execPath, '--import=tsx', 'test/run/node.ts', ...(await files())],
});

const node: Stage = {
  name: 'node',
  ...inNode(async () => (await glob('node')).filter((file) => file !== PACKAGE)),
};
/** By itself, so that what takes the built package can begin before the other Node tests are over. */
const built: Stage = { name: 'package', ...inNode(() => Promise.resolve([PACKAGE])) };
/** `npm run examples` has all of them. */
const examples: Stage = {
  name: 'examples',
  after: 'package',
  unit: 'tests',
  command: (chosen) =>
    Promise.resolve([
      ...[process.execPath, '--import=tsx', 'examples/run.ts', 'react-vite', 'next', 'express'],
      ...(chosen.includes('package') ? ['--built'] : []),
    ]),
};

/** Two cores, and one more that fills the time in which the others wait for a browser or a clock. */
export const LANES = 3;

/** The two longest are begun first; then what tells the most for its time. */
export const STAGES: readonly Stage[] = [
  node,
  journeys,
  ...[lint, format, unused, built, browser],
  ...((await findFirefox()) === undefined ? [] : [firefox]),
  examples,
];
