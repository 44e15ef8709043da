/** Bytes of the script-tag file, against the smallest Lit element. Sizes are exact; no repetition is needed. */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { scriptTag } from '../vite.config.ts';

const page = (file: string): string => fileURLToPath(new URL(`pages/${file}.ts`, import.meta.url));

async function chunksOf(name: string): Promise<readonly Rolldown.OutputChunk[]> {
  const config = scriptTag({ [name]: page(name) });
  const options = { ...config, logLevel: 'warn', build: { ...config.build, write: false } } as const;
  const { output } = (await build(options)) as Rolldown.RolldownOutput;
  return output.filter((file) => file.type === 'chunk');
}

/** The code of an entry and of the chunks it loads at once; chunks loaded on demand are not counted. */
async function eagerChunks(name: string): Promise<readonly string[]> {
  const chunks = await chunksOf(name);
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
  return (await chunksOf(name)).map(({ code }) => code).join('\n');
}

export async function benchSize(): Promise<void> {
  const floor = await entryBytes('lit');
  const kassa = await entryBytes('kassa');
  console.log('bytes before the cashier can show (brotli)');
  console.log(
    `  bare Lit element  ${floor}\n  kassa.js          ${kassa}\n  kassa / bare Lit  ${(kassa / floor).toFixed(2)}`,
  );
}
