/** TypeScript 7, by its path: TypeDoc needs the JavaScript API of 6, and both call their command `tsc`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** @throws Error with what it said as `stdout`, where it found something */
export const compile = (...args: readonly string[]): Promise<{ readonly stdout: string }> =>
  run(process.execPath, ['node_modules/typescript-native/bin/tsc', ...args]);
