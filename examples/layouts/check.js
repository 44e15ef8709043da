/** One project by each package manager: hono is its own, as a shop's would be; the sandbox brings what else it needs. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binOf = (path) => resolve('node_modules', path);
const PNPM = binOf('pnpm/bin/pnpm.cjs');
const YARN_1 = binOf('yarn/bin/yarn.js');
const YARN_4 = binOf('@yarnpkg/cli-dist/bin/yarn.js');
const settings = (...lines) => ({
  '.yarnrc.yml': ['enableTelemetry: false', 'enableImmutableInstalls: false', ...lines, ''].join('\n'),
  // Without one it looks for the project in the folders above.
  'yarn.lock': '',
});
const MANAGERS = {
  pnpm: { install: [PNPM, 'install'], node: [PNPM, 'exec', 'node'], bin: [PNPM, 'exec'] },
  'yarn 1': { install: [YARN_1, 'install'], node: [YARN_1, '-s', 'node'], bin: [YARN_1, '-s', 'run'] },
  'yarn 4': {
    install: [YARN_4, 'install'],
    node: [YARN_4, 'node'],
    bin: [YARN_4, 'run'],
    files: settings('nodeLinker: node-modules'),
  },
  'yarn 4 with Plug’n’Play': {
    install: [YARN_4, 'install'],
    node: [YARN_4, 'node'],
    bin: [YARN_4, 'run'],
    files: settings(),
  },
};

/** What a shop writes; what it has not installed is not asked for. */
const SHOP = `import 'hono';
import { createKassa } from 'kassa/server';
import { KassaCashier } from 'kassa';
console.log(typeof createKassa, typeof KassaCashier);
`;

const own = JSON.parse(await readFile('package.json', 'utf8'));
const tarball = resolve(own.dependencies.kassa.replace('file:', ''));
const folder = await mkdtemp(join(tmpdir(), 'kassa-layouts-'));
const env = { ...process.env, CI: 'true', npm_execpath: undefined };

/** Until it ends, or has started. */
function run(cwd, [file, ...args]) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: { ...env, KASSA_CACHE_DIR: `${cwd}-cache` },
    detached: true,
  });
  return new Promise((done) => {
    let said = '';
    const listen = async (chunk) => {
      said += chunk;
      if (!said.includes('Ctrl+C')) return;
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      const { status } = await fetch(`${url}/_sandbox/state`);
      done({ code: 0, said, status });
      process.kill(-child.pid);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('close', (code) => done({ code, said }));
  });
}

async function tryOne({ install, node, bin, files = {} }, project) {
  await mkdir(project);
  await cp(tarball, join(project, 'kassa.tgz'));
  const manifest = {
    name: 'shop',
    private: true,
    type: 'module',
    dependencies: { hono: '^4.10.0', kassa: 'file:./kassa.tgz' },
  };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(project, 'shop.js'), SHOP);
  for (const [name, text] of Object.entries(files)) await writeFile(join(project, name), text);
  for (const [what, command, isRight] of [
    ['installs', install, () => true],
    ['imports', [...node, 'shop.js'], ({ said }) => said.includes('function function')],
    ['finds the command', [...bin, 'kassa', '--version'], ({ said }) => /^\d+\.\d+\.\d+$/m.test(said)],
    ['starts the sandbox', [...bin, 'kassa', 'sandbox', '--port', '0'], ({ status }) => status === 200],
  ]) {
    const ended = await run(project, command);
    if (ended.code !== 0 || !isRight(ended)) return `${what}: ${ended.code}\n${ended.said.slice(-1_500)}`;
  }
  return '';
}

try {
  for (const [name, manager] of Object.entries(MANAGERS)) {
    const fault = await tryOne(manager, join(folder, name.replaceAll(/\W+/g, '-')));
    console.log(`${fault === '' ? 'ok    ' : 'FAILED'} ${name}${fault === '' ? '' : `: ${fault}`}`);
    if (fault !== '') process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
