import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A test that imports `@open-wc/testing` runs in a real browser, any other in Node: the file itself says where it belongs. */
export async function glob(kind: 'node' | 'browser'): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir('test', { recursive: true })) {
    if (!entry.endsWith('.test.ts') || entry.startsWith('journeys')) continue;
    const path = join('test', entry);
    const inBrowser = (await readFile(path, 'utf8')).includes("from '@open-wc/testing'");
    if (inBrowser === (kind === 'browser')) files.push(path);
  }
  return files.sort();
}
