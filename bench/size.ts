/** Bytes of the script-tag file, against the smallest Lit element. Sizes are exact; no repetition is needed. */
import { brotliCompressSync } from 'node:zlib';
import { buildPage } from './browser.ts';

/** The code of an entry, or of one of its chunks, and of what it loads at once; what comes on demand is not counted. */
async function eagerChunks(name: string, start: string): Promise<readonly string[]> {
  const chunks = await buildPage(name);
  const eager = new Set<string>();
  const visit = (fileName: string): void => {
    if (eager.has(fileName)) return;
    eager.add(fileName);
    for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) visit(next);
  };
  visit(chunks.find(({ fileName }) => fileName.startsWith(start))?.fileName ?? start);
  return chunks.filter(({ fileName }) => eager.has(fileName)).map(({ code }) => code);
}

/** `start` is how the name of a chunk begins; without it, the entry itself. */
export async function entryBytes(name: string, start = `${name}.js`): Promise<number> {
  return (await eagerChunks(name, start)).reduce((sum, code) => sum + brotliCompressSync(code).length, 0);
}

/** All the code of an entry, chunks loaded on demand included. */
export async function entrySource(name: string): Promise<string> {
  return (await buildPage(name)).map(({ code }) => code).join('\n');
}

export async function benchSize(): Promise<void> {
  const floor = await entryBytes('lit');
  const first = await entryBytes('kassa');
  const whole = await entryBytes('kassa', 'chunks/whole-');
  console.log('bytes before the cashier can show (brotli)');
  console.log(
    `  bare Lit element          ${floor}\n  kassa.js, with the frame  ${first}\n  the element behind it     ${whole}`,
  );
}
