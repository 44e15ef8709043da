/**
 * The project's TypeScript as JavaScript, file by file, made once for all processes of a run. tsx would make it again in
 * each, and answers for every module from a thread of its own: 0.2 s of CPU for an empty file, 0.6 s for a sandbox.
 */
import { readFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { build, type Plugin } from 'esbuild';
import { TRANSFORMED } from '../program.ts';

const SOURCES = [
  ...['src', 'test', 'demo', 'scripts', 'docs/snippets'].map((folder) => `${folder}/**/*.ts`),
  ...['bench/*.ts', 'examples/*.ts', '*.ts'],
];
const TYPESCRIPT = /\.ts$/;

export interface Transformed {
  /** What to run for a file of the project. */
  readonly pathOf: (file: string) => string;
  /** Where a line of it comes from. */
  readonly sourceOf: (place: Place) => Place;
  readonly remove: () => void;
}

export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Here its packages are found as from the project. */
const CACHE = 'node_modules/.cache';

/** Made in a folder of its own, which the programs that the tests start read too. */
export async function transform(): Promise<Transformed> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(resolve(CACHE, 'kassa-tests-'));
  await writeFile(join(folder, 'package.json'), await manifest());
  await build({
    entryPoints: SOURCES,
    outdir: folder,
    outbase: '.',
    bundle: true,
    treeShaking: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    define: { 'import.meta.url': '$url', 'import.meta.dirname': '$dirname' },
    plugins: [fileByFile],
    logLevel: 'error',
  });
  process.env[TRANSFORMED] = folder;
  const maps = new Map<string, TraceMap>();
  return {
    pathOf: (file) => join(folder, file.replace(TYPESCRIPT, '.js')),
    sourceOf({ file, line, column }) {
      if (!file?.startsWith(folder)) return { file, line, column };
      const map = maps.get(file) ?? new TraceMap(readFileSync(`${file}.map`, 'utf8'));
      maps.set(file, map);
      const found = originalPositionFor(map, { line: line ?? 1, column: (column ?? 1) - 1 });
      const source = resolve(relative(folder, file).replace(/\.js$/, '.ts'));
      return { file: source, line: found.line ?? line, column: (found.column ?? 0) + 1 };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** With it, `kassa/server` and its like are the transformed ones. */
async function manifest(): Promise<string> {
  const { compilerOptions } = JSON.parse(await readFile('tsconfig.json', 'utf8')) as {
    compilerOptions: { paths: Readonly<Record<string, readonly [string]>> };
  };
  const exports = Object.entries(compilerOptions.paths).map(([name, [path]]) => [
    name.replace('kassa', '.'),
    path.replace(TYPESCRIPT, '.js'),
  ]);
  return JSON.stringify({ name: 'kassa', type: 'module', exports: Object.fromEntries(exports) as object });
}

/** Nothing is bundled, so that every module is there once; and each believes itself where its source is, beside what it reads. */
const fileByFile: Plugin = {
  name: 'file-by-file',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point') return undefined;
      if (!path.startsWith('.')) return { path, external: true };
      if (path.endsWith('.ts')) return { path: path.replace(TYPESCRIPT, '.js'), external: true };
      return { path: pathToFileURL(resolve(dirname(importer), path)).href, external: true };
    });
    build.onLoad({ filter: TYPESCRIPT }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      // On the first line, which it shares: the other lines stay where they are.
      const place = { $url: pathToFileURL(path).href, $dirname: dirname(path) };
      const known = Object.entries(place).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
      return { contents: `${known.join('')}${source}`, loader: 'ts' };
    });
  },
};
