/** Code of a page, run as a module of the project, whose packages it has. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

/** A folder beside `test`, not in it: others read all that is there, and this is gone in a moment. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp('.snippet-');
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const importCode = <T>(code: string): Promise<T> =>
  inFolder(async (folder) => {
    const file = join(folder, 'code.ts');
    await writeFile(file, code);
    return (await tsImport(pathToFileURL(resolve(file)).href, import.meta.url)) as T;
  });
