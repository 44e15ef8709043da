/** Bytes of the script-tag file, against the smallest Lit element. Sizes are exact; no repetition is needed. */
import { brotliCompressSync } from 'node:zlib';
import { buildPages } from './browser.ts';

/** The code of an entry and of the chunks it loads at once; chunks loaded on demand are not counted. */
async function eagerChunks(name: string): Promise<readonly string[]> {
  const chunks = await buildPages(name);
  const eager = new Set<string>();
  const visit = (fileName: string): void => {
    if (eager.has(fileName)) return;
    eager.add(fileName);
    for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) visit(next);
  };
  visit(`${name}.js`);
  return chunks.filter(({ fileName }) => eager.has(fileName)).map(({ code }) => code);
}

export async function entryBytes(name: string): Promise<number> {
  return (await eagerChunks(name)).reduce((sum, code) => sum + brotliCompressSync(code).length, 0);
}

/** All the code of an entry, chunks loaded on demand included. */
export async function entrySource(name: string): Promise<string> {
  return (await buildPages(name)).map(({ code }) => code).join('\n');
}

export async function benchSize(): Promise<void> {
  const floor = await entryBytes('lit');
  const kassa = await entryBytes('kassa');
  console.log('bytes before the cashier can show (brotli)');
  console.log(
    `  bare Lit element  ${floor}\n  kassa.js          ${kassa}\n  kassa / bare Lit  ${(kassa / floor).toFixed(2)}`,
  );
}
