/** Builds the shop's page and `kassa.js` in memory: this one as published. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { browserScripts, scriptTag } from '../../vite.config.ts';

export interface ShopFile {
  readonly body: string;
  readonly type: string;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const JAVASCRIPT = 'text/javascript; charset=utf-8';

export async function bundleShop(): Promise<ReadonlyMap<string, ShopFile>> {
  const pages = browserScripts({
    shop: here('./page/shop.ts'),
    card: here('./page/card.ts'),
    withdraw: here('./page/withdraw.ts'),
    playground: here('../playground/playground.ts'),
  });
  const files = new Map<string, ShopFile>();
  const built = await Promise.all(
    [scriptTag, pages].map((config) =>
      build({ ...config, logLevel: 'warn', build: { ...config.build, write: false } }),
    ),
  );
  for (const { output } of built as Rolldown.RolldownOutput[]) {
    for (const file of output) {
      if (file.type === 'chunk') files.set(`/${file.fileName}`, { body: file.code, type: JAVASCRIPT });
    }
  }
  for (const [path, file, type] of [
    ['/index.html', './page/index.html', HTML],
    ['/plain.html', './page/plain.html', HTML],
    ['/strict.html', './page/strict.html', HTML],
    ['/card', './page/card.html', HTML],
    ['/withdraw', './page/withdraw.html', HTML],
    ['/shop.css', './page/shop.css', CSS],
    ['/playground', '../playground/index.html', HTML],
    ['/playground.css', '../playground/playground.css', CSS],
  ] as const) {
    files.set(path, { body: await readFile(here(file), 'utf8'), type });
  }
  return files;
}
