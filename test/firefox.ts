/**
 * Firefox for the tests, by puppeteer-core: Playwright cannot drive a stock one. Where there is none, what needs it is
 * left out, and said so.
 */
import { access } from 'node:fs/promises';
import type { BrowserLauncher } from '@web/test-runner';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { PATIENCE_MS, TEST_PATIENCE_MS } from './patience.ts';

const PATHS = [process.env.FIREFOX_PATH ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'];

export async function findFirefox(): Promise<string | undefined> {
  for (const path of PATHS.filter(Boolean)) {
    if (
      await access(path)
        .then(() => true)
        .catch(() => false)
    )
      return path;
  }
  return undefined;
}

export const WITHOUT_FIREFOX =
  'Firefox: NOT TESTED, there is none (apt-get install firefox-esr, or FIREFOX_PATH).';

export const launchFirefox = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: PATIENCE_MS,
    protocolTimeout: TEST_PATIENCE_MS,
  });

/** For the test runner of the browser tests: one tab at a time, because a tab behind another one is hidden. */
export function firefoxLauncher(
  executablePath: string,
): BrowserLauncher & { readonly getPage: (id: string) => Page | undefined } {
  const pages = new Map<string, Page>();
  let browser: Promise<Browser> | undefined;
  return {
    name: 'Firefox',
    // By this name the runner's commands for mouse and keys know what to do with `getPage`.
    type: 'puppeteer',
    concurrency: 1,
    async startSession(id, url) {
      browser ??= launchFirefox(executablePath);
      const page = await (await browser).newPage();
      pages.set(id, page);
      page.setDefaultTimeout(PATIENCE_MS);
      await page.setViewport({ width: 800, height: 600 });
      await page.goto(url);
    },
    getPage: (id) => pages.get(id),
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id)?.url(),
    async stopSession(id) {
      const page = pages.get(id);
      pages.delete(id);
      await page?.close();
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('Not in Firefox; debug in Chromium.')),
    async stop() {
      await (await browser)?.close();
    },
  };
}
