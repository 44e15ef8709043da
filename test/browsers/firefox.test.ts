/** The whole path in Firefox, on the strictest page there is. Skipped, and said so, where there is no Firefox. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startShop, type RunningShop } from '../../demo/shop/server.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { findFirefox, launchFirefox, WITHOUT_FIREFOX } from '../firefox.ts';
import { PATIENCE_MS } from '../patience.ts';
import { freePort } from '../postgres.ts';

let sandbox: RunningSandbox;
let shop: RunningShop;
let firefox: Browser;

const executablePath = await findFirefox();
const skip = executablePath === undefined;
if (skip) console.log(WITHOUT_FIREFOX);

before(async () => {
  if (executablePath === undefined) return;
  const port = await freePort();
  sandbox = await startSandbox({ port: 0, webhookUrl: `http://localhost:${port}/kassa/webhook` });
  shop = await startShop({ port, gatewayUrl: `${sandbox.url}/gateway` });
  firefox = await launchFirefox(executablePath);
});
after(async () => {
  if (skip) return;
  await firefox.close();
  await shop.close();
  await sandbox.close();
});

test('under the strictest policies a payment goes through without one violation', { skip }, async () => {
  const page = await firefox.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/violat|policy|blocked|refused/i.test(message.text())) complaints.push(message.text());
  });
  await page.evaluateOnNewDocument(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      // Firefox looks for the page's own icon, which so strict a page does not allow.
      if (!blockedURI.endsWith('/favicon.ico')) violations.push(`${effectiveDirective} ${blockedURI}`);
    });
  });
  await page.goto(`${shop.url}/strict.html`);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
  await page.locator('button[slot=trigger]').click();

  const frame = await page.waitForFrame((it) => it.url().includes('/gateway/cashier'));
  await frame.waitForSelector('.button.pay');
  // By script: WebDriver's keys do not reach a frame of a page with Cross-Origin-Opener-Policy (Firefox ESR 153).
  await frame.evaluate(() => {
    for (const [id, text] of [
      ['card-number', '4242 4242 4242 4242'],
      ['card-expiry', '12 / 34'],
      ['card-cvc', '123'],
      ['card-holderName', 'Ada Lovelace'],
    ] as const) {
      const field = document.getElementById(id) as HTMLInputElement;
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    document.querySelector<HTMLElement>('.button.pay')?.click();
  });
  const outcome = await page.evaluate(() => document.querySelector('kassa-cashier')?.result());
  assert.equal(outcome?.kind, 'succeeded');
  assert.equal(outcome.verified, true);
  const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  assert.deepEqual([...violations, ...complaints], []);
});
