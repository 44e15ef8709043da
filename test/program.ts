/** How a test starts a program of the project: as `npm test` has transformed it for all, else through tsx. */
import { join } from 'node:path';

/** The variable that names the folder of what is transformed. */
export const TRANSFORMED = 'KASSA_TEST_CODE';

/**
 * No test asks anything long enough for V8's second compilers to earn what they take: a third of the CPU of each start, of
 * the embedded database's WebAssembly and then of everything else. What does run for seconds they still compile, later.
 */
export const ENGINE_OPTIONS = ['--liftoff-only', '--interrupt-budget=1000000'] as const;

/** Arguments for Node. */
export function program(file: `${string}.ts`): readonly string[] {
  const folder = process.env[TRANSFORMED];
  const run = folder === undefined ? ['--import', 'tsx', file] : [join(folder, file.replace(/\.ts$/, '.js'))];
  return [...ENGINE_OPTIONS, ...run];
}
