/** What the benches in a browser share: pages built as published. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { launchChromium } from '../test/chromium.ts';
import { browserScripts, scriptTag } from '../vite.config.ts';
import { HOSTED } from './hosted.ts';

/** The hosted page of all: nothing but its script, of which a peer may need one of its own. */
export const frameHtml = (script = 'frame'): string =>
  `<!doctype html><meta charset="utf-8"><script type="module" src="/${script}.js"></script>`;

/** With the bench's server where the hosted page is asked for. */
export const launchWithHosted = (port: number): Promise<Browser> =>
  launchChromium({ args: [`--host-resolver-rules=MAP ${new URL(HOSTED).host} 127.0.0.1:${port}`] });

/** `kassa` as published, or the file of `bench/pages` by another name, with the same settings. */
export async function buildPage(name: string): Promise<readonly Rolldown.OutputChunk[]> {
  return (await buildWithMaps(name)).filter((file) => file.type === 'chunk');
}

/** The same, with the source map of each. */
export async function buildWithMaps(name: string): Promise<Rolldown.RolldownOutput['output']> {
  const page = fileURLToPath(new URL(`pages/${name}.ts`, import.meta.url));
  const config = name === 'kassa' ? scriptTag : browserScripts({ [name]: page });
  const options = { ...config, logLevel: 'warn', build: { ...config.build, write: false } } as const;
  return ((await build(options)) as Rolldown.RolldownOutput).output;
}

/**
 * The same by the path that a server answers them at. Each is built alone: together, shop and hosted page
 * would share the protocol in a chunk, which costs a request more.
 */
export async function pageScripts(...names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const name of names) {
    for (const { fileName, code } of await buildPage(name)) files.set(`/${fileName}`, code);
  }
  return files;
}

/** Milliseconds in a tab of a browser context of its own: cold caches, cold processes. */
export const inNewTab =
  (browser: Browser, measure: (tab: Page) => Promise<number>): (() => Promise<number>) =>
  async () => {
    const context = await browser.newContext();
    try {
      return await measure(await context.newPage());
    } finally {
      await context.close();
    }
  };
