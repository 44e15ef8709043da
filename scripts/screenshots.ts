/**
 * `npm run screenshots`: every screen of sandbox and demo, light and dark, phone and desktop, into `screenshots/`, with
 * an `index.html` that shows them side by side. `npm run screenshots -- form decline --look=phone-dark` takes only some;
 * `--look=small` and `--look=forced` are a phone of 320 px and one in forced colours.
 * `--readme` also renews the README's pictures in `demo/screenshots/`.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { startSandbox } from 'kassa/sandbox';
import { startShop } from '../demo/shop/server.ts';
import { launchChromium } from '../test/chromium.ts';
import { LOOKS, type Look, README_PICTURES, SCREENS, type Stage } from './screens.ts';

const FOLDER = 'screenshots';
const README_FOLDER = 'demo/screenshots';
const TALLEST = 4_000;

const options = process.argv.slice(2);
const names = options.filter((option) => !option.startsWith('--'));
const looks = options.flatMap((option) => (option.startsWith('--look=') ? [option.slice(7)] : []));
const forReadme = options.includes('--readme');

async function take(browser: Browser, stage: Stage, name: string, look: Look): Promise<string | undefined> {
  const screen = SCREENS[name];
  if (!screen) throw new Error(`There is no screen "${name}". There are: ${Object.keys(SCREENS).join(', ')}`);
  const { viewport, isPhone, colorScheme, forcedColors = 'none' } = look;
  const context = await browser.newContext({
    viewport,
    colorScheme,
    forcedColors,
    hasTouch: isPhone,
    deviceScaleFactor: 1,
    locale: 'en-GB',
    bypassCSP: true,
  });
  const page = await context.newPage();
  const file = `${name}-${look.name}.png`;
  try {
    await screen.go(page, stage);
    await page.waitForTimeout(250);
    if (screen.whole) await showWhole(page);
    await page.screenshot({ path: `${FOLDER}/${file}` });
    return file;
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
    return undefined;
  } finally {
    await context.close();
  }
}

/** A taller window, because a picture of a page that is larger than its window leaves out parts of its frames. */
async function showWhole(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.setViewportSize({ width, height: Math.min(height, TALLEST) });
  await page.waitForTimeout(250);
}

const sandbox = await startSandbox({ port: 0 });
const shop = await startShop({ port: 0, gatewayUrl: `${sandbox.url}/gateway` });
await fetch(`${sandbox.url}/_sandbox/config`, {
  method: 'POST',
  body: JSON.stringify({ webhookUrl: `${shop.url}/kassa/webhook` }),
});
await sandbox.ready();
const browser = await launchChromium();
await mkdir(FOLDER, { recursive: true });

const rows: string[] = [];
for (const name of names.length > 0 ? names : Object.keys(SCREENS)) {
  const files: string[] = [];
  for (const look of LOOKS) {
    if (looks.length > 0 ? !looks.includes(look.name) : look.extra) continue;
    const file = await take(browser, { shop: shop.url, sandbox: sandbox.url }, name, look);
    if (file !== undefined) files.push(file);
  }
  rows.push(
    `<h2>${name}</h2><div>${files.map((file) => `<img src="${file}" alt="${file}">`).join('')}</div>`,
  );
  console.log(`${name}: ${files.length} pictures`);
}
const STYLE =
  'body{font:16px system-ui;background:#888}div{display:flex;gap:12px;align-items:start}img{max-width:700px}';
await writeFile(
  `${FOLDER}/index.html`,
  `<!doctype html><title>Screens</title><style>${STYLE}</style>${rows.join('\n')}`,
);
if (forReadme) {
  await mkdir(README_FOLDER, { recursive: true });
  for (const [from, to] of README_PICTURES) await copyFile(`${FOLDER}/${from}`, `${README_FOLDER}/${to}`);
}

await browser.close();
await shop.close();
await sandbox.close();
