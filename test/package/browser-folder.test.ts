/** `dist/browser`, copied whole: what its files hash to, whose code is in them, and where each line came from. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { furnishBrowserFolder } from '../../scripts/browser-folder.ts';
import { type Integrity, tagsFor } from '../../src/command/tag.ts';
import { scriptTag } from '../../vite.config.ts';
import { launchChromium } from '../chromium.ts';
import { PATIENCE_MS } from '../patience.ts';

let folder: string;
let integrity: Integrity;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kassa-browser-'));
  await build({
    ...scriptTag,
    logLevel: 'error',
    build: { ...scriptTag.build, outDir: folder, emptyOutDir: true },
  });
  await furnishBrowserFolder(folder, '1.2.3');
  integrity = JSON.parse(await readFile(join(folder, 'integrity.json'), 'utf8')) as Integrity;
});
after(() => rm(folder, { recursive: true }));

test('each script has its hash, and each package whose code is in them its license', async () => {
  const scripts = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'));
  assert.deepEqual(Object.keys(integrity.files).sort(), scripts.sort());
  assert.equal(integrity.version, '1.2.3');
  const licenses = await readFile(join(folder, 'LICENSES.txt'), 'utf8');
  assert.deepEqual(
    [...licenses.matchAll(/^(\S+) \S+ \((.+)\)$/gm)].map(([, name, license]) => `${name} ${license}`),
    [
      'Kassa MIT',
      '@floating-ui/core MIT',
      '@floating-ui/dom MIT',
      '@floating-ui/utils MIT',
      '@lit/reactive-element BSD-3-Clause',
    ],
  );
  assert.match(licenses, /Copyright \(c\) 2017 Google LLC/);
});

test('the tag can be written for any place that the folder is copied to', () => {
  const { html, cspHash } = tagsFor('https://cdn.example/kassa/', {
    version: '1',
    files: {
      'chunks/ar-1.js': 'sha384-c',
      'chunks/whole-1.js': 'sha384-d',
      'kassa.js': 'sha384-a',
    },
  });
  assert.deepEqual(html.split('\n').slice(1), [
    '<script type="module" src="https://cdn.example/kassa/kassa.js" integrity="sha384-a" crossorigin></script>',
    '<link rel="modulepreload" href="https://cdn.example/kassa/chunks/whole-1.js" integrity="sha384-d" crossorigin>',
  ]);
  assert.match(cspHash, /^'sha256-[\w+/]{43}='$/);
});

test('the source maps lead from each word in the scripts to the line that says it', async () => {
  let found = 0;
  for (const file of Object.keys(integrity.files)) {
    const map = new TraceMap(await readFile(join(folder, `${file}.map`), 'utf8'));
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    for (const [at, line] of lines.entries()) {
      for (const { 1: word = '', index } of line.matchAll(
        /[`'"](kassa-[a-z]{4,}|[a-z]+-(?:failed|timeout|refused))[`'"]/g,
      )) {
        const { source, line: origin } = originalPositionFor(map, { line: at + 1, column: index });
        assert.ok(source !== null, `${word} in ${file}`);
        const said = sourceContentFor(map, source)?.split('\n')[origin - 1];
        assert.ok(said?.includes(word), `${word} in ${file}: ${source}:${origin}: ${said}`);
        found += 1;
      }
    }
  }
  assert.ok(found > 20, `${found} words`);
});

describe('a page that pins every file', () => {
  let browser: Browser;
  let tampered: string | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://shop');
    const answer = async (): Promise<void> => {
      if (pathname === '/') {
        const policy = `script-src 'self' ${tagsFor('/kassa-1.2.3/', integrity).cspHash}`;
        response.setHeader('content-security-policy', policy);
        return void response.setHeader('content-type', 'text/html').end(html());
      }
      const file = pathname.slice('/kassa-1.2.3/'.length);
      const text = await readFile(join(folder, file), 'utf8');
      response.setHeader('content-type', 'text/javascript');
      response.end(file === tampered ? `${text}\n// more` : text);
    };
    answer().catch(() => response.writeHead(404).end());
  });
  const html = (): string => `<!doctype html><html lang="de">
    ${tagsFor('/kassa-1.2.3/', integrity).html}
    <kassa-cashier session-url="/none"></kassa-cashier>`;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  const visit = async (): Promise<Page> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return page;
  };
  const german = Object.freeze({ name: 'Erneut versuchen' });

  test('runs the entry and its chunks', async () => {
    const page = await visit();
    await page.getByRole('button', german).waitFor();
  });

  test('runs no chunk that is another than the one that was published', async () => {
    tampered = Object.keys(integrity.files).find((file) => file.startsWith('chunks/de-'));
    assert.ok(tampered);
    const page = await visit();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    assert.equal(await page.getByRole('button', german).count(), 0);
  });

  test('runs no entry that is another', async () => {
    tampered = 'kassa.js';
    const page = await visit();
    assert.equal(await page.evaluate(() => customElements.get('kassa-cashier') === undefined), true);
  });
});
