/** How a test starts a program of the project: as `npm test` has transformed it for all, else through tsx. */
import { join } from 'node:path';

/** The variable that names the folder of what is transformed. */
export const TRANSFORMED = 'KASSA_TEST_CODE';

/** Arguments for Node. */
export function program(file: `${string}.ts`): readonly string[] {
  const folder = process.env[TRANSFORMED];
  return folder === undefined ? ['--import', 'tsx', file] : [join(folder, file.replace(/\.ts$/, '.js'))];
}
