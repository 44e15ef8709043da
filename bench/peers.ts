/** The libraries Kassa is measured beside, from `bench/package.json`; who does not have one is left out, and said to be. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('package.json', import.meta.url));

/** Whether a peer is installed; who is not is said. */
export function hasPeer(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    console.log(`  ${name} is not installed and not measured: npm install --prefix bench`);
    return false;
  }
}

/** The module of a peer, or `undefined` where it is not installed. */
export async function peer<T>(name: string): Promise<T | undefined> {
  if (!hasPeer(name)) return undefined;
  return (await import(pathToFileURL(require.resolve(name)).href)) as T;
}
