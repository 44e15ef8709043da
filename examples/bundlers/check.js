/** What webpack and Rollup leave of the package when all that nobody uses is thrown away. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import webpack from 'webpack';

const folder = await mkdtemp(join(tmpdir(), 'kassa-bundlers-'));

const BUNDLERS = {
  webpack: (file, isServer) =>
    new Promise((done, fail) => {
      const compiler = webpack({
        mode: 'production',
        target: isServer ? 'node20' : 'web',
        entry: `./src/${file}.js`,
        output: { path: folder, filename: `webpack-${file}.cjs` },
      });
      compiler.run((error, stats) => {
        if (error || stats.hasErrors()) fail(error ?? new Error(stats.toString('errors-only')));
        else compiler.close(() => done(join(folder, `webpack-${file}.cjs`)));
      });
    }),
  rollup: async (file, isServer) => {
    const bundle = await rollup({
      input: `src/${file}.js`,
      external: isServer ? [/^node:/, /^react/] : [],
      // Lit has a build of its own for servers, under `node`; webpack asks for it by itself.
      plugins: [resolve({ browser: !isServer, exportConditions: isServer ? ['node'] : [] }), commonjs()],
      logLevel: 'silent',
    });
    // Beside its node_modules, where the server finds React.
    const out = isServer ? `rollup-${file}.mjs` : join(folder, `rollup-${file}.mjs`);
    await bundle.write({ file: out, inlineDynamicImports: true });
    return out;
  },
};

/** Of what the tag is told by attribute; properties follow in the browser. */
const ATTRIBUTES = [
  'session-url="/kassa/session"',
  'flow="withdrawal"',
  'display="modal"',
  'theme="dark"',
  'lang="de"',
];

function expect(what, faults) {
  console.log(
    `${faults.length === 0 ? 'ok    ' : 'FAILED'} ${what}${faults.length === 0 ? '' : `: ${faults.join(', ')}`}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

try {
  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    const code = await readFile(await bundle('bare', false), 'utf8');
    const isDefined = /customElements\.define\(/.test(code) && code.includes('kassa-cashier');
    expect(
      `${name}: import 'kassa/react' registers the tag`,
      isDefined ? [] : [`${code.length} bytes without it`],
    );
    const server = await bundle('server', true);
    const html = execFileSync(process.execPath, [server], { encoding: 'utf8' });
    if (!server.startsWith(folder)) await rm(server);
    expect(
      `${name}: the server's HTML has the attributes`,
      ATTRIBUTES.filter((it) => !html.includes(it)),
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
