/**
 * The browser tests, and the scripts of the pages in their frames, bundled once for all of them: asked for one by one, some
 * two hundred modules of each test and some twenty of each frame took more time than what is tested.
 */
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { glob } from './files.ts';
import { PATIENCE_MS } from './patience.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const FRAMES = [
  'test/fixtures/frames/acs.ts',
  'test/fixtures/frames/bank.ts',
  'test/fixtures/frames/hosted.ts',
  'src/element/challenge/return-page.ts',
];

/** By which a test has the browser's driver click and type. */
const WEB_SOCKET = '/__web-dev-server__web-socket.js';

const BUNDLE = {
  absWorkingDir: root,
  outdir: root,
  outbase: root,
  write: false,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['production'],
  external: [WEB_SOCKET],
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** By the path at which a page asks for it. */
async function bundleAll(): Promise<ReadonlyMap<string, string>> {
  const [tests, frames] = await Promise.all([
    // What is fetched when it is needed is so here as well, and what two of them need is one module.
    build({
      ...BUNDLE,
      entryPoints: [...(await glob('browser'))],
      splitting: true,
      chunkNames: 'test/bundled/[name]-[hash]',
      sourcemap: 'inline',
      sourcesContent: false,
    }),
    build({ ...BUNDLE, entryPoints: FRAMES }),
  ]);
  return new Map(
    [...tests.outputFiles, ...frames.outputFiles].map(({ path, text }) => [
      `/${relative(root, resolve(root, path))}`,
      text,
    ]),
  );
}

interface Request {
  readonly path: string;
}

interface Served {
  readonly body: string;
  readonly type: 'js';
  readonly headers: Readonly<Record<string, string>>;
}

/** The runner's own deadline for a click or a key, which a machine that is busy enough can reach. */
const DRIVER_PATIENCE = ['20000', String(PATIENCE_MS)] as const;

/** For the test runner. */
export function browserBundle() {
  let scripts: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    name: 'browser-bundle',
    transform({ path, body }: Request & { readonly body: unknown }): string | undefined {
      return path === WEB_SOCKET ? String(body).replaceAll(...DRIVER_PATIENCE) : undefined;
    },
    async serve({ path }: Request): Promise<Served | undefined> {
      scripts ??= bundleAll();
      const body = (await scripts).get(path.replace(/\.ts$/, '.js'));
      // A frame is opened hundreds of times, on an address of its own port.
      return body === undefined
        ? undefined
        : { body, type: 'js', headers: { 'cache-control': 'max-age=3600' } };
    },
  };
}
