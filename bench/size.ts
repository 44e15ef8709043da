/** Bytes of the script-tag file, against the smallest Lit element. Sizes are exact; no repetition is needed. */
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { scriptTag } from '../vite.config.ts';

const page = (file: string): string => fileURLToPath(new URL(`pages/${file}.ts`, import.meta.url));

/** Brotli bytes of an entry and of the chunks it loads at once; chunks loaded on demand are not counted. */
export async function entryBytes(name: string): Promise<number> {
  const config = scriptTag({ [name]: page(name) });
  const options = { ...config, logLevel: 'warn', build: { ...config.build, write: false } } as const;
  const { output } = (await build(options)) as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  const eager = new Set<string>();
  const visit = (fileName: string): void => {
    if (eager.has(fileName)) return;
    eager.add(fileName);
    for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) visit(next);
  };
  visit(`${name}.js`);
  return chunks
    .filter(({ fileName }) => eager.has(fileName))
    .reduce((sum, { code }) => sum + brotliCompressSync(code).length, 0);
}

export async function benchSize(): Promise<void> {
  const floor = await entryBytes('lit');
  const kassa = await entryBytes('kassa');
  console.log('bytes before the cashier can show (brotli)');
  console.log(
    `  bare Lit element  ${floor}\n  kassa.js          ${kassa}\n  kassa / bare Lit  ${(kassa / floor).toFixed(2)}`,
  );
}
