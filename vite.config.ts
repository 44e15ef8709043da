/** The two browser builds and the library, as data; `scripts/build.ts` runs them and `npm start` builds in memory. */
import { join, relative } from 'node:path';
import remapping from '@jridgewell/remapping';
import MagicString from 'magic-string';
import { defineConfig, type InlineConfig } from 'vite';
import { compiledAhead, FIRST, firstFile, SCRIPT_TAG } from './scripts/first-file.ts';
import { leanLit, modernStyles } from './scripts/lean-lit.ts';

const root = import.meta.dirname;

/** What a bundler of the user's finds in his own node_modules. */
const EXTERNAL = [
  /^node:/,
  /^lit($|\/)/,
  /^@lit\//,
  /^zod($|\/)/,
  /^@floating-ui\//,
  /^react($|\/)/,
  /^hono($|\/)/,
  /^@hono\//,
  /^drizzle-orm($|\/)/,
  /^@electric-sql\//,
  /^postgres$/,
  /^pg$/,
  /^commander$/,
  /^vite$/,
];

const shared = {
  root,
  configFile: false,
  publicDir: false,
  resolve: { tsconfigPaths: true },
} satisfies InlineConfig;

/** The entries of package.json's `exports`, by the path of their file in dist. */
export const ENTRIES = {
  index: 'src/index.ts',
  'element/define': 'src/element/define.ts',
  'element/challenge/return-page': 'src/element/challenge/return-page.ts',
  'react/index': 'src/react/index.ts',
  'server/index': 'src/server/index.ts',
  'server/routes/fastify': 'src/server/routes/fastify.ts',
  'postgres/index': 'src/postgres/index.ts',
  'protocol/index': 'src/protocol/index.ts',
  'protocol/kit/index': 'src/protocol/kit/index.ts',
  'wire/index': 'src/wire/index.ts',
  'sandbox/index': 'src/sandbox/index.ts',
  'testing/index': 'src/testing/index.ts',
  'sandbox/beside': 'src/sandbox/beside.ts',
} as const;

/** ES modules for npm: dependencies stay imports, names stay readable. */
export const library = {
  ...shared,
  build: {
    outDir: 'dist',
    target: 'es2022',
    minify: false,
    // A stack trace in a shop's log then names the line of the source.
    sourcemap: true,
    lib: { entry: ENTRIES, formats: ['es'] },
    rolldownOptions: {
      external: EXTERNAL,
      // A file for each module: paths relative to `import.meta.url` stay right, and stack traces can be read.
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
} satisfies InlineConfig;

/**
 * What is read beside a module lies beside its file in dist, wherever the bundle has put its code: each believes itself
 * where it would be on its own.
 */
const placesKept = {
  name: 'places-kept',
  enforce: 'pre',
  transform(code: string, id: string) {
    const path = relative(join(root, 'src'), id);
    if (path.startsWith('..') || !code.includes('import.meta.url')) return null;
    const own = `new URL('../${path.replace(/\.ts$/, '.js')}', import.meta.url).href`;
    return replaced(code, [[/import\.meta\.url/g, own]]);
  },
} as const;

/**
 * The command with all that it is made of, in a few files: of a sandbox’s start, 425 modules took 0.2 s of CPU more only
 * to be found and read. The databases stay what is installed. Nothing imports it, so no class is there twice for anybody.
 */
export const command = {
  ...shared,
  plugins: [placesKept],
  ssr: { noExternal: true, external: ['@electric-sql/pglite', 'postgres', 'pg', 'vite'] },
  build: {
    ssr: true,
    outDir: 'dist/command',
    target: 'es2022',
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: { bin: 'src/command/bin.ts' },
      external: [/^node:/, /^@electric-sql\//],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
} satisfies InlineConfig;

/** Minifiers leave template literals alone; a style sheet needs no white space, last semicolons or leading zeros. */
const compactCss = {
  name: 'compact-css',
  enforce: 'pre',
  transform: (code: string, id: string) =>
    id.endsWith('styles.ts') ? replaced(code, [[/css(?: \*\/ )?`[^`]*`/g, compactSheet]]) : null,
} as const;

const compactSheet = (sheet: string): string =>
  sheet
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};:,>]) /g, '$1')
    .replaceAll(';}', '}')
    .replace(/\b0\./g, '.');

type Replacement = readonly [RegExp, string | ((match: string) => string)];

/** Code with replacements, and the source map from it to what it was. */
function replaced(before: string, replacements: readonly Replacement[]) {
  const text = new MagicString(before);
  for (const [pattern, by] of replacements) text.replace(pattern, by);
  return { code: text.toString(), map: text.generateMap({ hires: true }) };
}

/**
 * Vite wraps each dynamic import in a function that preloads style sheets, from a chunk of its own. There are none to
 * preload; without this the wrappers are a tenth of the file, and one more request before anything is shown.
 */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id: string) =>
    id.includes('preload-helper') ? 'export const __vitePreload = (load) => load()' : null,
  generateBundle(_options: unknown, bundle: Record<string, OutputFile>) {
    for (const [name, file] of Object.entries(bundle)) {
      if (name.includes('preload-helper')) Reflect.deleteProperty(bundle, name);
      else if (file.code !== undefined) {
        const { code, map } = unwrapImports(file.code);
        file.code = code;
        const mapFile = bundle[`${name}.map`];
        const mapped = mapFile && remapping([map.toString(), String(mapFile.source)], () => null);
        if (mapFile) mapFile.source = String(mapped);
      }
    }
  },
} as const;

/** A script has `code`, its map a `source`. */
interface OutputFile {
  code?: string;
  source?: string | Uint8Array;
}

const WRAPPED: readonly Replacement[] = [
  [/import ?\{ ?\w+ as \w+ ?\} ?from ?["'`][^"'`]*preload-helper[^"'`]*["'`];?/g, ''],
  [/\w+\(\(\)=>(import\([^)]+\)),__VITE_PRELOAD__\)/g, '$1'],
  [
    /\w+\(async\(\)=>\{let(\{[^}]+\})=await (import\([^)]+\)(?:\.then\([^)]+\))?);return\1\},__VITE_PRELOAD__\)/g,
    '$2',
  ],
];

function unwrapImports(wrapped: string) {
  const plain = replaced(wrapped, WRAPPED);
  if (!plain.code.includes('__VITE_PRELOAD__')) return plain;
  throw new Error('Vite wraps dynamic imports in another way now: look at WRAPPED.');
}

/**
 * For browsers: everything inlined and minified, what is not needed at first in chunks of its own.
 * Not a `lib` build, because those never strip white space (some 1 kB of brotli here).
 */
export function browserScripts(input: Readonly<Record<string, string>>) {
  return {
    ...shared,
    plugins: [compactCss, plainImports, modernStyles],
    build: {
      outDir: 'dist/browser',
      sourcemap: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        // Lit's packages do not say so, but all they do when loaded is leave their version on the window. Without
        // this, its template engine comes along unused (2.8 kB).
        treeshake: {
          moduleSideEffects: [
            { test: /node_modules\/(lit|lit-html|lit-element|@lit)\//, sideEffects: false },
          ],
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash:6].js',
          sourcemapPathTransform: (path: string) => path.replace(FIRST, ''),
        },
      },
    },
  } satisfies InlineConfig;
}

const alone = browserScripts({ kassa: SCRIPT_TAG });

/** The script-tag file, as published. Built alone: what else is built has modules and Lit whole, and does not hand them on. */
export const scriptTag = {
  ...alone,
  plugins: [...alone.plugins, leanLit, firstFile, compiledAhead],
} satisfies InlineConfig;

export default defineConfig(library);
