/** Runs a command that may hang, and ends it with everything it started: a browser keeps the pipes of its runner open. */
import { execFileSync, spawn } from 'node:child_process';

/** How it ended; `hung` when it had to be. */
export interface Ended {
  readonly end: 'passed' | 'failed' | 'hung';
  readonly output: string;
}

export function runWithin(
  ms: number,
  cwd: string,
  [program = '', ...rest]: readonly string[],
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const deadline = setTimeout(() => {
      if (child.pid !== undefined) endTree(child.pid);
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      resolve({ end: 'hung', output });
    }, ms);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(deadline);
      resolve({ end: code === 0 ? 'passed' : 'failed', output });
    });
  });
}

/** By id, found before the first of them is ended: a child whose parent is gone is nobody's, and would be missed. */
function endTree(root: number): void {
  const children = new Map<number, number[]>();
  for (const line of execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const treeOf = (pid: number): readonly number[] => [pid, ...(children.get(pid) ?? []).flatMap(treeOf)];
  for (const pid of treeOf(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
