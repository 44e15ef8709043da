/**
 * `npm run docs`: the site, in `docs/.vitepress/dist`. Makes the pages of the API from the doc comments, builds (a dead link
 * fails), and walks through all of it in a real browser. `npm run docs -- dev` shows it while it is written, beside a sandbox;
 * `npm run docs -- /errors` also takes pictures of that page, into `screenshots/`.
 *
 * The generator has a package of its own in `docs/`, so that nobody has to install it who does not write documentation.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { startDocsShop } from './docs-shop.ts';
import { walkDocs } from './docs-walk.ts';

const FOLDER = 'docs';
const BUILT = `${FOLDER}/.vitepress/dist`;
const API = `${FOLDER}/api`;
const modules = `${FOLDER}/node_modules`;

/** What each import of the package has, in the order of the README. */
const ENTRIES = [
  'src/index.ts',
  'src/react/index.ts',
  'src/server/index.ts',
  'src/postgres/index.ts',
  'src/protocol/index.ts',
  'src/protocol/kit/index.ts',
  'src/sandbox/index.ts',
];

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function install(): Promise<void> {
  // What npm wrote down last is its own list of what is installed.
  const installed = await changedAt(`${modules}/.package-lock.json`);
  if (installed > (await changedAt(`${FOLDER}/package-lock.json`))) return;
  await run('npm', 'ci', '--prefix', FOLDER, '--no-audit', '--no-fund');
}

/** As the site shows them, from places where others need them. */
async function copyMade(): Promise<void> {
  const changes = await readFile('CHANGELOG.md', 'utf8');
  await writeFile(`${FOLDER}/changes.md`, changes.replaceAll('](docs/', ']('));
  for (const picture of ['shop-light.png', 'shop-dark.png']) {
    await copyFile(`demo/screenshots/${picture}`, `${FOLDER}/public/${picture}`);
  }
}

/** Each page is headed by what is imported. */
async function makeApi(): Promise<void> {
  await run(
    process.execPath,
    `${modules}/typedoc/bin/typedoc`,
    ...['--options', `${FOLDER}/typedoc.json`],
    ...ENTRIES.flatMap((entry) => ['--entryPoints', entry]),
  );
  for (const file of await readdir(API, { recursive: true })) {
    if (!file.endsWith('.md')) continue;
    const text = await readFile(`${API}/${file}`, 'utf8');
    const isList = file === 'index.md';
    const named = isList
      ? text.replace(/^- \[(?:index|(.+?))\]/gm, (_line, path?: string) => `- [${importOf(path)}]`)
      : text.replace(/^# (?:index|(.+))$/m, (_line, path?: string) => `# ${importOf(path)}`);
    await writeFile(`${API}/${file}`, named);
  }
}

const importOf = (path?: string): string => (path === undefined ? 'kassa' : `kassa/${path}`);

await install();
await copyMade();
await makeApi();
const vitepress = `${modules}/vitepress/bin/vitepress.js`;
if (process.argv.includes('dev')) {
  // `.vitepress/config.js` passes `/kassa` on to it.
  const shop = await startDocsShop();
  process.env.DOCS_SHOP = shop.url;
  try {
    await run(process.execPath, vitepress, 'dev', FOLDER);
  } finally {
    await shop.close();
  }
} else {
  await run(process.execPath, vitepress, 'build', FOLDER);
  await walkDocs(
    BUILT,
    process.argv.slice(2).filter((word) => word.startsWith('/')),
  );
}
