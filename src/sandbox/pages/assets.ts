/**
 * The Node side of the hosted pages: HTML shells, and the scripts they load. From source the scripts are bundled by
 * Vite in memory, once, while the API already answers; in the published package they lie built beside this file.
 */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Rolldown } from 'vite';
import { directionOf, languageFor } from '../../model/languages.ts';
import type { CashierView, ChallengeView } from './view.ts';

export interface Asset {
  readonly body: string;
  readonly type: string;
}

export interface Pages {
  /** The hosted cashier; without a view it waits for its token over the port. */
  cashier(view: CashierView | undefined, context: { readonly lang: string }): string;
  challenge(view: ChallengeView): string;
  control(): string;
  asset(name: string): Promise<Asset | undefined>;
  /** Settled once every script can be served; asking for it begins the work. */
  ready(): Promise<void>;
}

/** One script and one style sheet a page. */
const PAGE_NAMES = ['cashier', 'challenge', 'control'] as const;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const fromSource = import.meta.url.endsWith('.ts');

/** The Vite build of the pages; `scripts/build.ts` runs it into dist, the sandbox in memory. */
export function pagesConfig(outDir: string): InlineConfig & { readonly build: object } {
  return {
    root: here('.'),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      // The first browsers with light-dark(): written out for older ones, it would no longer follow `color-scheme`.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: false,
      cssCodeSplit: true,
      rolldownOptions: {
        input: Object.fromEntries(PAGE_NAMES.map((name) => [name, here(`./${name}/main.ts`)])),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name][extname]',
        },
      },
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const typeOf = (name: string): string => TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

async function bundle(): Promise<ReadonlyMap<string, Asset>> {
  const { build } = await import('vite');
  const config = pagesConfig('dist');
  const result = (await build({
    ...config,
    build: { ...config.build, write: false },
  })) as Rolldown.RolldownOutput;
  return new Map(
    result.output.map((file) => [
      file.fileName,
      {
        body: file.type === 'chunk' ? file.code : String(file.source),
        type: typeOf(file.fileName),
      },
    ]),
  );
}

async function readBuilt(): Promise<ReadonlyMap<string, Asset>> {
  const files = (await readdir(here('./built'))).filter((name) => /\.(js|css)$/.test(name));
  const read = async (name: string): Promise<[string, Asset]> => [
    name,
    { body: await readFile(here(`./built/${name}`), 'utf8'), type: typeOf(name) },
  ];
  return new Map(await Promise.all(files.map(read)));
}

export function loadPages(): Pages {
  let assets: Promise<ReadonlyMap<string, Asset>> | undefined;
  // Begun by the first who asks: bundling would take the time in which the API could answer already.
  const load = () => (assets ??= fromSource ? bundle() : readBuilt());
  return {
    cashier: (view, { lang }) => shell('cashier', 'Cashier', view?.lang ?? lang, view, 'assets'),
    challenge: (view) => shell('challenge', '3-D Secure', view.lang, view, '../assets'),
    control: () => shell('control', 'Kassa sandbox', 'en', undefined, '_sandbox/assets'),
    asset: async (name) => (await load()).get(name),
    ready: async () => {
      await load();
    },
  };
}

/** A page without a byte of inline script or style, so that its policy needs no exception. */
function shell(
  name: (typeof PAGE_NAMES)[number],
  title: string,
  lang: string,
  view: unknown,
  /** From the page's own address: nobody knows what a proxy puts before it. */
  assets: string,
): string {
  const language = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(lang) ? lang : 'en';
  const dir = directionOf(languageFor(language));
  return `<!doctype html>
<html lang="${language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/${name}.css">
<script type="module" src="${assets}/${name}.js"></script>
${view === undefined ? '' : `<script type="application/json" id="view">${inScript(view)}</script>`}
</head>
<body><main id="app"></main></body>
</html>
`;
}

/** JSON that cannot end the script element it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
