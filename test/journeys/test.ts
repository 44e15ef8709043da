/**
 * Playwright's `test`, which on failure also prints what each frame showed and what the element noted: its own
 * snapshot stops at the iframe, and the frame is where the cashier is.
 */
import { expect, test as base } from '@playwright/test';
import { PATIENCE_MS } from '../patience.ts';

export const test = base.extend<{ tellOnFailure: undefined }>({
  tellOnFailure: [
    async ({ page }, use, { expectedStatus }) => {
      await use(undefined);
      if (test.info().status === expectedStatus) return;
      for (const frame of page.frames()) {
        const shown = await frame
          .locator('body')
          .ariaSnapshot({ timeout: PATIENCE_MS / 10 })
          .catch(String);
        console.log(`--- ${frame.url().replace(/[?#].*/, '')}\n${shown}`);
      }
      const notes = await page
        .evaluate(() => document.querySelector('kassa-cashier')?.diagnostics())
        .catch(String);
      console.log('--- diagnostics()', notes);
    },
    { auto: true },
  ],
});

export { expect };
