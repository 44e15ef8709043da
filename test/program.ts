/** How a test starts a program of the project: as `npm test` has transformed it for all, else through tsx. */
import { join } from 'node:path';

/** The variable that names the folder of what is transformed. */
export const TRANSFORMED = 'KASSA_TEST_CODE';

/**
 * The embedded database is WebAssembly, and no test asks it long enough for V8's second compiler to earn what it takes: a
 * third of the CPU of each start.
 */
export const ENGINE_OPTIONS = ['--liftoff-only'] as const;

/** Arguments for Node. */
export function program(file: `${string}.ts`): readonly string[] {
  const folder = process.env[TRANSFORMED];
  const run = folder === undefined ? ['--import', 'tsx', file] : [join(folder, file.replace(/\.ts$/, '.js'))];
  return [...ENGINE_OPTIONS, ...run];
}
