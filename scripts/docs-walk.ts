/** Opens every page of the built site in a real browser: no error, no request that fails, and a preview that is live, drawn and real. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../test/chromium.ts';
import { PATIENCE_MS, until } from '../test/patience.ts';
import { type DocsShop, startDocsShop } from './docs-shop.ts';
import { LOOKS } from './screens.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A host for static files: `/errors` is `errors.html`. What is asked of `/kassa` goes on to the shop. */
async function serve(folder: string, shop: DocsShop): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/kassa/')) {
      const { method, url, headers } = request;
      request.pipe(
        ask(shop.url + String(url), { method, headers }, (answer) => {
          answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
        }).on('error', () => response.destroy()),
      );
      return;
    }
    const path = pathname.endsWith('/') ? `${pathname}index` : pathname;
    const file = join(folder, extname(path) === '' ? `${path}.html` : path);
    readFile(file).then(
      (body) => response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain').end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function pathsOf(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => `/${file.replace(/(?:index)?\.html$/, '')}`)
    .sort();
}

/** What a reader would trip over on this page. */
async function faultsOf(page: Page, url: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const tell = (fault: string): void => void faults.push(`${url}: ${fault}`);
  page.removeAllListeners();
  page.on('pageerror', (error) => tell(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') tell(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 400) tell(`${response.status()} ${response.url()}`);
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  if ((await page.locator('h1').count()) !== 1)
    tell(`${await page.locator('h1').count()} headings of the first order`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) tell(`${overflow} pixels wider than the window`);
  return faults;
}

async function tryPreview(page: Page, url: string): Promise<readonly string[]> {
  await page.goto(`${url}/theming`, { waitUntil: 'networkidle' });
  await page.getByLabel('Your colour').fill('#ffee00');
  const light = await page.locator('[data-look="light"] code').innerText();
  const dark = await page.locator('[data-look="dark"] code').innerText();
  // Yellow is readable on dark as it is, and on white only much darker.
  return dark === '#ffee00' && light !== '#ffee00'
    ? []
    : [`the preview shows ${light} and ${dark} for #ffee00`];
}

/** On this machine's own name the preview is the tag itself, with the sandbox's page in it, which takes each colour at once. */
async function tryLivePreview(browser: Browser, url: string): Promise<void> {
  // Emulation would tell every frame the same scheme; here each takes it from the tag around it.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: null });
  const page = await context.newPage();
  await page.goto(`${url}/theming`);
  await page.getByLabel('Your colour').fill('#0a7d5a');
  for (const look of ['light', 'dark']) {
    const figure = page.locator(`[data-look="${look}"]`);
    const cashier = figure.locator('kassa-cashier').frameLocator('iframe');
    const pay = cashier.getByRole('button', { name: /^Pay / });
    await cashier.getByLabel('Card number').fill('4242');
    const colour = (): Promise<string> => pay.evaluate((button) => getComputedStyle(button).backgroundColor);
    const wanted = rgbOf(await figure.locator('code').innerText());
    await until(async () => (await colour()) === wanted, `${wanted} in the ${look} page`);
  }
  await context.close();
}

const rgbOf = (hex: string): string =>
  `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

async function takePictures(browser: Browser, url: string, paths: readonly string[]): Promise<void> {
  for (const { name, viewport, isPhone, colorScheme } of LOOKS) {
    const context = await browser.newContext({ viewport, colorScheme, hasTouch: isPhone });
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(url + path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: `screenshots/docs${path.replaceAll('/', '-')}-${name}.png` });
    }
    await context.close();
  }
}

/** `pictures`: paths of pages that are to be seen in `screenshots/`, light and dark, phone and desktop. */
export async function walkDocs(folder: string, pictures: readonly string[] = []): Promise<void> {
  const shop = await startDocsShop();
  const server = await serve(folder, shop);
  const { port } = server.address() as AddressInfo;
  // Here the preview is as on a host for files; by the other name it is live.
  const url = `http://127.0.0.1:${port}`;
  const browser = await launchChromium({ timeout: PATIENCE_MS });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const paths = await pathsOf(folder);
    const faults: string[] = [];
    for (const path of paths) faults.push(...(await faultsOf(page, url + path)));
    faults.push(...(await tryPreview(page, url)));
    await tryLivePreview(browser, `http://localhost:${port}`);
    await takePictures(browser, url, pictures);
    if (faults.length > 0) throw new Error(`The site has faults:\n${faults.join('\n')}`);
    console.log(`${paths.length} pages opened, without a fault`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    await shop.close();
  }
}
