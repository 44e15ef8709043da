/** `kassa` as a person runs it, from source. */
import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export function startKassa(
  args: readonly string[],
  { env = {}, input = '' }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/command/bin.ts', ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, output })));
  return { child, ended, said: () => output };
}

export const kassa = (...args: Parameters<typeof startKassa>): Promise<Ended> => startKassa(...args).ended;
