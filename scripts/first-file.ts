/**
 * The first file of the script tag shares no module with what it fetches: bundlers would put what is shared into the first
 * file, which may have been loaded under another address, or in a third one, which costs a round trip. So its modules are
 * other ones than those of the same files that come later, and what these need of them it hands on.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Rolldown } from 'vite';

export const SCRIPT_TAG = 'src/element/script-tag/define.ts';
export const FIRST = '?first';
const HANDED = '?handed';
const HANDED_ON = join(import.meta.dirname, '../src/element/script-tag/handed-on.ts');

/** Where each name of `handed-on.ts` is from, in the order of its list. */
const handedOn = readHandedOn();

function readHandedOn(): readonly (readonly [name: string, path: string])[] {
  const text = readFileSync(HANDED_ON, 'utf8');
  const [, list = ''] = /handedOn = \[([^\]]+)\]/.exec(text) ?? [];
  return (list.match(/\w+/g) ?? []).map((name) => {
    const [, source = ''] = new RegExp(`\\b${name}\\b[^;]* from '(.+)';`).exec(text) ?? [];
    return [name, resolve(dirname(HANDED_ON), source)];
  });
}

export const firstFile = {
  name: 'first-file',
  enforce: 'pre',
  async resolveId(
    this: Rolldown.PluginContext,
    source: string,
    importer: string | undefined,
    { kind }: { kind?: string },
  ) {
    if (importer === undefined || kind === 'dynamic-import' || source.includes('preload-helper')) return null;
    const isFirst = importer.endsWith(FIRST) || importer.endsWith(SCRIPT_TAG);
    const found = await this.resolve(source, importer.replace(FIRST, ''), { skipSelf: true });
    if (isFirst) return found && `${found.id}${FIRST}`;
    return found && handedOn.some(([, path]) => path === found.id) ? `${found.id}${HANDED}` : null;
  },
  load(id: string) {
    if (!id.endsWith(HANDED)) return null;
    const names = handedOn.map(([name, path], at) =>
      `${path}${HANDED}` === id ? `export const ${name} = handed[${at}];` : '',
    );
    return `import { handed } from ${JSON.stringify(join(dirname(HANDED_ON), 'receive.ts'))};\n${names.join('\n')}`;
  },
} as const;

/**
 * Says of the two files that nearly all of their functions are called at once: Chrome (from 136) then compiles them while they
 * come, on another thread, and reads none twice. A tenth of the time to ready on a slow processor. It has to stand first.
 */
export const compiledAhead = {
  name: 'compiled-ahead',
  outputOptions: (options: Rolldown.OutputOptions) => ({
    ...options,
    postBanner: ({ name }: { name: string }) =>
      name === 'kassa' || name === 'whole' ? '//# allFunctionsCalledOnLoad' : '',
  }),
} as const;
