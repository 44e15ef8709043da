/**
 * Playwright's `test`, which on failure also prints what each frame showed and what the element noted: its own
 * snapshot stops at the iframe, and the frame is where the cashier is.
 *
 * All that lives as long as a worker is here, and begins when a test first asks for it: a file with such a thing of its own
 * would have workers of its own, and each starts a browser.
 */
import { expect, test as base } from '@playwright/test';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/listen.ts';
import { PATIENCE_MS } from '../patience.ts';
import { startWorld, type World } from './world.ts';

interface Lasting {
  readonly world: World;
  /** A sandbox without a shop. */
  readonly sandbox: RunningSandbox;
}

export const test = base.extend<{ tellOnFailure: undefined }, Lasting>({
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, use) => {
      const world = await startWorld();
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
  sandbox: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const sandbox = await startSandbox({ port: 0, webhookUrl: 'http://127.0.0.1:9/nobody' });
      await use(sandbox);
      await sandbox.close();
    },
    { scope: 'worker' },
  ],
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

/** In the shop of the world, not in the one that all share. */
export const worldTest = test.extend({ baseURL: async ({ world }, use) => use(world.shop.url) });

export { expect };
