/** `node --import tsx scripts/screenshots.ts`: the README's pictures, taken from the running demo, light and dark. */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { startSandbox } from 'kassa/sandbox';
import { startShop } from '../demo/shop/server.ts';
import { findChromium } from '../test/chromium.ts';

const FOLDER = 'demo/screenshots';

const { executablePath, args, env } = await findChromium();
const sandbox = await startSandbox({ port: 0 });
const shop = await startShop({ port: 0, gatewayUrl: `${sandbox.url}/gateway` });
const browser = await chromium.launch({
  executablePath,
  args: [...args],
  env: { ...(process.env as Record<string, string>), ...env },
});
await mkdir(FOLDER, { recursive: true });

for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: 1120, height: 1010 },
    deviceScaleFactor: 1,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(shop.url);
  await page.getByRole('button', { name: /^Pay €/ }).click();
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await cashier.getByLabel('Card number').fill('4242 4242 4242 4242');
  await cashier.getByLabel('Expiry date').fill('12 / 34');
  await page.screenshot({ path: `${FOLDER}/shop-${colorScheme}.png` });
  await context.close();
}

await browser.close();
await shop.close();
await sandbox.close();
