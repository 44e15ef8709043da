/** B22: the back/forward cache, by a driver that leaves it on (Playwright turns it off, which no shopper does). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { type RunningShop, startShop } from '../../demo/shop/server.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { findChromium } from '../chromium.ts';
import { freePort } from '../postgres.ts';

let sandbox: RunningSandbox;
let shop: RunningShop;
let browser: Browser;

const { executablePath, args, env } = await findChromium();
// The browser inside the npm package is a headless shell, which has no such cache.
const skip = args.includes('--headless=shell');
if (skip)
  console.log('Back/forward cache: NOT TESTED, it needs a whole Chromium (apt-get install chromium).');

before(async () => {
  if (skip) return;
  const port = await freePort();
  sandbox = await startSandbox({ port: 0, webhookUrl: `http://localhost:${port}/kassa/webhook` });
  shop = await startShop({ port, gatewayUrl: `${sandbox.url}/gateway` });
  browser = await puppeteer.launch({
    executablePath,
    args: [...args],
    env: { ...process.env, ...env },
    headless: true,
  });
});
after(async () => {
  if (skip) return;
  await browser.close();
  await shop.close();
  await sandbox.close();
});

test(
  'a page that comes back from the cache has its cashier as it was, and it pays',
  { timeout: 60_000, skip },
  async () => {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
    });
    await page.goto(shop.url);
    await page.locator('#pay').click();
    const frame = await page.waitForFrame((it) => it.url().includes('/gateway/cashier'));
    for (const [id, text] of [
      ['card-number', '4242424242424242'],
      ['card-expiry', '1234'],
      ['card-cvc', '123'],
      ['card-holderName', 'Ada Lovelace'],
    ] as const) {
      await (await frame.waitForSelector(`#${id}`))?.type(text);
    }
    const button = await frame.waitForSelector('.button.pay');
    await button?.scrollIntoView();
    const place = await button?.clickablePoint();
    assert.ok(place);

    await page.goto(`${shop.url}/plain.html`);
    await page.goBack();
    const persisted = await page.evaluate(() => (window as unknown as { persisted?: boolean }).persisted);
    assert.equal(persisted, true);

    // By its place: the driver has lost sight of the frame, the shopper has not. What was typed is still there.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await page.mouse.click(place.x, place.y);
    const outcome = await page.evaluate(() => document.querySelector('kassa-cashier')?.result());
    assert.equal(outcome?.kind, 'succeeded');
    assert.equal(outcome.verified, true);
  },
);
