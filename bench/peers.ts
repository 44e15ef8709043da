/** The libraries Kassa is measured beside, from `bench/package.json`; who does not have one is left out, and said to be. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('package.json', import.meta.url));

/** Where a module of a peer is; who has none is told so, and it is left out. */
export function fileOf(name: string, module = ''): string | undefined {
  try {
    return require.resolve(`${name}${module}`);
  } catch {
    console.log(`  ${name} is not installed and not measured: npm install --prefix bench`);
    return undefined;
  }
}

/** The folder of a peer that is a program. */
export function folderOf(name: string): string | undefined {
  const manifest = fileOf(name, '/package.json');
  return manifest && dirname(manifest);
}

/** The module of a peer, or `undefined` where it is not installed. */
export async function peer<T>(name: string): Promise<T | undefined> {
  const file = fileOf(name);
  return file === undefined ? undefined : ((await import(pathToFileURL(file).href)) as T);
}
