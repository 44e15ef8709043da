/** Code of a page, run as a module of the project, whose packages it has. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

/** In a folder beside `test`, not in it: others read all that is there, and this is gone in a moment. */
export async function importCode<T>(code: string): Promise<T> {
  const folder = await mkdtemp('.snippet-');
  try {
    const file = join(folder, 'code.ts');
    await writeFile(file, code);
    return (await tsImport(pathToFileURL(resolve(file)).href, import.meta.url)) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
