/**
 * Runs a command that may hang, and ends it with everything it started when it does, or when it has said enough: a browser
 * keeps the pipes of its runner open.
 */
import { execFileSync, spawn } from 'node:child_process';

/** How it ended by itself, or why it was ended. */
interface Ended {
  readonly end: 'passed' | 'failed' | 'hung' | 'enough';
  readonly output: string;
}

export function runWithin(
  ms: number,
  cwd: string,
  [program = '', ...rest]: readonly string[],
  isEnough: (output: string) => boolean,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const streams = [child.stdout, child.stderr];
    let output = '';
    const finish = (end: Ended['end']): void => {
      clearTimeout(deadline);
      resolve({ end, output });
    };
    const cut = (end: 'hung' | 'enough'): void => {
      if (child.pid !== undefined) endTree(child.pid);
      for (const stream of streams) stream.destroy();
      finish(end);
    };
    const deadline = setTimeout(() => cut('hung'), ms);
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (isEnough(output)) cut('enough');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => finish(code === 0 ? 'passed' : 'failed'));
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
