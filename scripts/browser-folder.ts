/**
 * What lies beside the script-tag file, so that its folder can be copied whole: what each file hashes to, for Subresource
 * Integrity, and the licenses of whose code is in it.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Integrity } from '../src/command/tag.ts';

async function integrityOf(folder: string, version: string): Promise<Integrity> {
  const files: Record<string, string> = {};
  for (const file of (await readdir(folder, { recursive: true })).sort()) {
    if (!file.endsWith('.js')) continue;
    const hash = createHash('sha384').update(await readFile(join(folder, file)));
    files[file.split(sep).join('/')] = `sha384-${hash.digest('base64')}`;
  }
  return { version, files };
}

/** The packages whose code is in the folder, as its source maps tell. */
async function bundledIn(folder: string): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith('.map')) continue;
    const { sources } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const [name] = /(?<=\/node_modules\/)(@[^/]+\/)?[^/]+/.exec(source) ?? [];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].sort();
}

async function licenseOf(name: string): Promise<string> {
  const { version, license } = JSON.parse(
    await readFile(join('node_modules', name, 'package.json'), 'utf8'),
  ) as { version: string; license: string };
  const text = await readFile(join('node_modules', name, 'LICENSE'), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

export async function furnishBrowserFolder(folder: string, version: string): Promise<void> {
  const integrity = await integrityOf(folder, version);
  await writeFile(join(folder, 'integrity.json'), `${JSON.stringify(integrity, undefined, 2)}\n`);
  const licenses = await Promise.all((await bundledIn(folder)).map(licenseOf));
  const own = `Kassa ${version} (MIT)\n\n${(await readFile('LICENSE', 'utf8')).trim()}\n`;
  await writeFile(join(folder, 'LICENSES.txt'), [own, ...licenses].join(`\n${'-'.repeat(80)}\n\n`));
}
