/**
 * `npm run rows -- prove`: turns one line of the code wrong for each requirement, in a copy of the project, and runs the
 * tests that cite the row until one of them fails. `npm run rows -- prove G-01 X-15` does some. Minutes, not for each change.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MUTANTS, type Mutant } from '../test/mutants.ts';
import { readRows, type Row } from '../test/rows.ts';
import { runWithin } from './deadline.ts';

/** A suite that is a function, and the file that runs it. */
const RUN_BY: Readonly<Record<string, string>> = {
  'contracts/gateway.ts': 'sandbox/gateway/gateway.test.ts',
  'contracts/nixo.ts': 'sandbox/nixo/nixo.test.ts',
  'contracts/nxos.ts': 'sandbox/nxos/nxos.test.ts',
  'contracts/nxos-payouts.ts': 'sandbox/nxos/payouts.test.ts',
};
const BROWSER = /^(journeys|element|protocol)\//;
/** For all runs of one mutant: one that makes its tests wait for ever proves nothing. */
const WITHIN_MS = 10 * 60_000;

/** The citing tests by the file that is run, those that need no browser first. */
function filesOf({ tests }: Row): ReadonlyMap<string, readonly string[]> {
  const files = new Map<string, string[]>();
  for (const test of tests) {
    const [cited = '', title = ''] = test.split(/: (.*)/s);
    const file = RUN_BY[cited] ?? cited;
    files.set(file, [...(files.get(file) ?? []), title]);
  }
  const inBrowser = (file: string): number => Number(BROWSER.test(file));
  return new Map([...files].sort(([one], [other]) => inBrowser(one) - inBrowser(other)));
}

const inNode = async (file: string): Promise<boolean> =>
  !BROWSER.test(file) || (await readFile(join('test', file), 'utf8')).includes("'node:test'");

async function commandFor(file: string): Promise<readonly string[]> {
  const path = join('test', file);
  if (await inNode(file)) return ['node', '--import', 'tsx', '--test', '--test-reporter=tap', path];
  if (file.startsWith('journeys/'))
    return ['node_modules/.bin/playwright', 'test', '--config', 'test/playwright.config.ts', path];
  const runner = 'node_modules/@web/test-runner/dist/bin.js';
  return ['node', '--import', 'tsx', runner, '--config', 'test/wtr.config.js', '--files', path];
}

const WHOLE_FILE = 'the whole file';
/** A test that failed, as the three runners tell it. */
const FAILED = String.raw`(?:not ok \d+ - |𐄂|✘|^\s*\d+\) .*›)`;

/** Titles with values in them are matched around those. */
const failsOneOf = (output: string, titles: readonly string[]): boolean =>
  titles.some((title) => {
    const words = title.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return title !== WHOLE_FILE && new RegExp(`${FAILED}.*${words.join('.*')}`, 'm').test(output);
  });

async function prove(folder: string, row: Row, { file, find, replace }: Mutant): Promise<string> {
  const path = join(folder, 'src', file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2)
    return `STALE     ${file}: the line is there ${source.split(find).length - 1} times`;
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  let others = '';
  const until = Date.now() + WITHIN_MS;
  try {
    for (const [run, titles] of filesOf(row)) {
      const isKilled = (output: string): boolean => failsOneOf(output, titles);
      const { end, output } = await runWithin(until - Date.now(), folder, await commandFor(run), isKilled);
      if (end === 'passed') continue;
      const isWhole = end === 'failed' && titles.includes(WHOLE_FILE);
      if (isWhole || end === 'enough' || isKilled(output)) return `killed    by ${run}`;
      if (end === 'hung') return `HUNG      not proved: no end of ${run}`;
      others = run;
    }
  } finally {
    await writeFile(path, source);
  }
  return others === '' ? `ALIVE     ${file}` : `BY OTHERS in ${others}, which does not cite the row`;
}

const wanted = process.argv.slice(3);
const rows = (await readRows()).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
const folder = await mkdtemp(join(tmpdir(), 'kassa-mutants-'));
try {
  const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' });
  for (const file of tracked.trim().split('\n')) await cp(file, join(folder, file)).catch(() => undefined);
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  let killed = 0;
  for (const row of rows) {
    const mutant = MUTANTS.find((one) => one.row === row.id);
    const verdict = mutant ? await prove(folder, row, mutant) : 'NONE';
    if (verdict.startsWith('killed')) killed += 1;
    console.log(`${row.id}  ${row.title.padEnd(30)}  ${verdict}`);
  }
  console.log(`\n${rows.length} rows, ${killed} mutants killed by a test that cites the row`);
  process.exitCode = killed === rows.length ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
