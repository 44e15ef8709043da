/** Programs as a person runs them, from source. */
import { spawn } from 'node:child_process';
import { program } from '../program.ts';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export function start(
  [file, ...args]: readonly [file: `${string}.ts`, ...args: readonly string[]],
  { env = {}, input = '' }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
) {
  const child = spawn(process.execPath, [...program(file), ...args], {
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

export const startKassa = (args: readonly string[], options?: Parameters<typeof start>[1]) =>
  start(['src/command/bin.ts', ...args], options);

export const kassa = (...args: Parameters<typeof startKassa>): Promise<Ended> => startKassa(...args).ended;
