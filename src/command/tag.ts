/** `kassa tag`: the script tag that pins every file of `dist/browser`, wherever that folder was copied to. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from './commander.ts';
import { failed } from './errors.ts';

/** `dist/browser/integrity.json` */
export interface Integrity {
  readonly version: string;
  /** By path inside the folder: its hash, as the attribute `integrity` has it. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Tags {
  readonly html: string;
  /** What a Content-Security-Policy without 'unsafe-inline' has to allow in `script-src`, for the map in the page. */
  readonly cspHash: string;
}

/** The first file asks for it at once: it comes beside it, and not after it. */
const NEEDED_BY_ALL = 'chunks/whole-';

/**
 * The map comes first: a browser asks it for each chunk that the entry loads, and runs none that hashes to something else.
 * Chrome 127, Safari 18 and Firefox 138 read it; older ones check the entry alone.
 * @param base where the folder is, with a slash at its end
 */
export function tagsFor(base: string, { files }: Integrity): Tags {
  const chunks = Object.entries(files).filter(([file]) => file !== 'kassa.js');
  const map = JSON.stringify({
    integrity: Object.fromEntries(chunks.map(([file, hash]) => [`${base}${file}`, hash])),
  });
  // A script of another origin is compared only when it is asked for by CORS.
  const crossorigin = URL.canParse(base) ? ' crossorigin' : '';
  const beside = chunks
    .filter(([file]) => file.startsWith(NEEDED_BY_ALL))
    .map(
      ([file, hash]) =>
        `\n<link rel="modulepreload" href="${base}${file}" integrity="${hash}"${crossorigin}>`,
    );
  return {
    html: `<script type="importmap">${map}</script>
<script type="module" src="${base}kassa.js" integrity="${files['kassa.js'] ?? ''}"${crossorigin}></script>${beside.join('')}`,
    cspHash: `'sha256-${createHash('sha256').update(map).digest('base64')}'`,
  };
}

/** A path of the page's own origin, or an https address. */
function readBase(text: string): string {
  const isPath = /^\/(?!\/)[\w./~%@+-]*$/.test(text);
  const isAddress = /^https:\/\/[\w.:[\]-]+\/[\w./~%@+-]*$/.test(text) && URL.canParse(text);
  if (!isPath && !isAddress) {
    throw new InvalidArgumentError('Write a path such as /kassa-0.1.0/, or an https address.');
  }
  return text.endsWith('/') ? text : `${text}/`;
}

async function readIntegrity(): Promise<Integrity> {
  const file = new URL(/* @vite-ignore */ '../browser/integrity.json', import.meta.url);
  const text = await readFile(file, 'utf8').catch(() => {
    throw failed(
      'no-file',
      'There is no dist/browser/integrity.json beside this command.',
      'npm run build makes it.',
    );
  });
  return JSON.parse(text) as Integrity;
}

export const tagCommand = () =>
  new Command('tag')
    .description('prints the script tag that pins kassa.js and its chunks (Subresource Integrity)')
    .option(
      '--base <url>',
      'where you copied node_modules/kassa/dist/browser; default /kassa-<version>/',
      readBase,
    )
    .action(async ({ base }) => {
      const integrity = await readIntegrity();
      const { html, cspHash } = tagsFor(base ?? `/kassa-${integrity.version}/`, integrity);
      console.log(html);
      console.error(
        `\nBefore any other module of the page. With a Content-Security-Policy, add to script-src: ${cspHash}`,
      );
    });
