import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A test that imports `node:test` runs in Node, any other in a real browser; so a file can say itself where it belongs. */
export async function glob(kind: 'node' | 'browser'): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir('test', { recursive: true })) {
    if (!entry.endsWith('.test.ts') || entry.startsWith('journeys')) continue;
    const path = join('test', entry);
    const inNode = (await readFile(path, 'utf8')).includes("from 'node:test'");
    if (inNode === (kind === 'node')) files.push(path);
  }
  return files.sort();
}
