/** Builds the shop's page and `kassa.js` in memory, with the same Vite settings as the published script-tag file. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { scriptTag } from '../../vite.config.ts';

export interface ShopFile {
  readonly body: string;
  readonly type: string;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const JAVASCRIPT = 'text/javascript; charset=utf-8';

export async function bundleShop(): Promise<ReadonlyMap<string, ShopFile>> {
  const config = scriptTag({
    kassa: fileURLToPath(import.meta.resolve('kassa/define')),
    shop: here('./page/shop.ts'),
  });
  const result = (await build({
    ...config,
    logLevel: 'warn',
    build: { ...config.build, write: false },
  })) as Rolldown.RolldownOutput;
  const files = new Map<string, ShopFile>();
  for (const output of result.output) {
    if (output.type === 'chunk') files.set(`/${output.fileName}`, { body: output.code, type: JAVASCRIPT });
  }
  for (const [name, type] of [
    ['index.html', 'text/html; charset=utf-8'],
    ['plain.html', 'text/html; charset=utf-8'],
    ['strict.html', 'text/html; charset=utf-8'],
    ['shop.css', 'text/css; charset=utf-8'],
  ] as const) {
    files.set(`/${name}`, { body: await readFile(here(`./page/${name}`), 'utf8'), type });
  }
  return files;
}
