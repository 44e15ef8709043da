/** `npm run build`: dist/, whole and fresh. The library, its types, the script-tag file, and the sandbox's pages. */
import { appendFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { pagesConfig } from '../src/sandbox/pages/assets.ts';
import { makeSnapshot, SNAPSHOT } from '../src/sandbox/store/snapshot.ts';
import { command, library, scriptTag } from '../vite.config.ts';
import { furnishBrowserFolder } from './browser-folder.ts';
import { writeEditorData } from './editor-data.ts';
import { compile } from './native-compiler.ts';

await rm('dist', { recursive: true, force: true });
await build({ ...library, logLevel: 'warn' });
await build({ ...command, logLevel: 'warn' });
// drizzle-orm names its licence and does not bring its text; TypeScript's is the same.
await appendFile('dist/command/licenses.md', await readFile('node_modules/typescript/LICENSE.txt', 'utf8'));
await build({ ...scriptTag, logLevel: 'warn' });
await build({ ...pagesConfig(join(process.cwd(), 'dist/sandbox/pages/built')), logLevel: 'warn' });
// Written by hand, as the frameworks that they speak of are not installed here; `npm run examples` compiles them.
await cp('src/frameworks', 'dist/frameworks', { recursive: true });
await cp('src/sandbox/store/migrations', 'dist/sandbox/store/migrations', { recursive: true });
await writeFile(join('dist/sandbox/store', SNAPSHOT), await makeSnapshot());
await compile('-p', 'scripts/tsconfig.json');
await writeEditorData('dist');
const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
await furnishBrowserFolder('dist/browser', version);

for (const file of await readdir('dist/browser', { recursive: true })) {
  if (!file.endsWith('.js')) continue;
  const { length } = brotliCompressSync(await readFile(join('dist/browser', file)));
  console.log(`dist/browser/${file}  ${length} bytes (brotli)`);
}
