/** Runs one stage: a process, what its reporter tells, and what came of it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import type { Stage } from './stages.ts';
import { LISTENS, readLine, type TestEnd, type Told } from './told.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How far a stage has come. */
export interface Progress {
  readonly stage: Stage;
  readonly done: number;
  readonly toDo: number;
}

export interface Result {
  readonly stage: Stage;
  readonly totals: Totals;
  readonly seconds: number;
  readonly tests: readonly TestEnd[];
  /** All that the runner said for people. */
  readonly output: string;
}

/** `onProgress` hears at once that it has begun, and then of each step. */
export async function runStage(
  stage: Stage,
  onProgress: (progress: Progress) => void,
  chosen: readonly string[] = [stage.name],
): Promise<Result> {
  const startedAt = performance.now();
  const tests: TestEnd[] = [];
  let [done, toDo] = [0, 0];
  onProgress({ stage, done, toDo });
  const { code, output } = await execute(await stage.command(chosen), (told) => {
    if ('test' in told) tests.push(told.test);
    else if ('toDo' in told) toDo += told.toDo;
    else done += told.done;
    onProgress({ stage, done, toDo });
  });
  const totals = totalsOf(stage.unit === undefined ? [checkOf(stage, code)] : tests, code);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { stage, totals, seconds, tests, output };
}

const checkOf = ({ name }: Stage, code: number): TestEnd => ({
  name,
  ms: 0,
  end: code === 0 ? 'passed' : 'failed',
});

/** A runner that fails without a failed test (a crash, a missing file, nothing found) is one failure. */
export function totalsOf(tests: readonly TestEnd[], code: number): Totals {
  const count = (end: TestEnd['end']): number => tests.filter((test) => test.end === end).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const isBroken = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: isBroken ? 1 : failed, skipped };
}

interface Ended {
  readonly code: number;
  readonly output: string;
}

function execute([file = '', ...args]: readonly string[], onTold: (told: Told) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', [LISTENS]: '1' },
    });
    const said: string[] = [];
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        const { words, told } = readLine(line);
        if (told) onTold(told);
        if (!told || words !== '') said.push(words);
      });
    }
    child.on('error', reject);
    // Some runners colour what they say whatever they are told.
    child.on('close', (code) =>
      resolve({ code: code ?? 1, output: stripVTControlCharacters(said.join('\n')) }),
    );
  });
}
