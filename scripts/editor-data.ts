/** What editors and documentation tools read: the custom-elements manifest, and VS Code's completions made from it. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { CHALLENGES } from '../src/element/challenge/host.ts';
import { DISPLAYS } from '../src/element/shell/presentation.ts';
import { THEMES } from '../src/element/cashier-element.ts';
import { FLOWS } from '../src/model/flows.ts';

interface Described {
  readonly name: string;
  readonly description?: string;
}
interface Declaration {
  readonly tagName?: string;
  readonly description?: string;
  readonly attributes?: readonly Described[];
}
interface Manifest {
  readonly modules: readonly { path: string; readonly declarations: readonly Declaration[] }[];
}

/** The attributes that take one word of a set. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  flow: FLOWS,
  theme: THEMES,
  display: DISPLAYS,
  challenge: CHALLENGES,
};

export async function writeEditorData(outDir: string): Promise<void> {
  const sources = ['src/element/cashier-element.ts'];
  const analyzer = ['analyze', '--litelement', '--quiet', '--outdir', outDir, '--globs', ...sources];
  await promisify(execFile)('node_modules/.bin/cem', analyzer);

  const file = `${outDir}/custom-elements.json`;
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  for (const module of manifest.modules) {
    module.path = module.path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');
  }
  await writeFile(file, JSON.stringify(manifest, undefined, 2));
  await writeFile(`${outDir}/vscode.html-custom-data.json`, JSON.stringify(toVsCode(manifest), undefined, 2));
}

function toVsCode({ modules }: Manifest) {
  const elements = modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
  return {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes = [] }) => ({
      name: tagName,
      description,
      attributes: attributes.map((attribute) => ({
        name: attribute.name,
        ...(attribute.description !== undefined && { description: attribute.description }),
        ...(WORDS[attribute.name] && { values: WORDS[attribute.name]?.map((name) => ({ name })) }),
      })),
    })),
  };
}
