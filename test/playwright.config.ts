import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';
import { PATIENCE_MS, TEST_PATIENCE_MS } from './patience.ts';
import { freePort } from './postgres.ts';

const { executablePath, args, env } = await findChromium();
// Each worker reads this file again, and finds the ports of the first reading.
const shopPort = (process.env.KASSA_SHOP_PORT ??= String(await freePort()));
const sandboxPort = (process.env.KASSA_SANDBOX_PORT ??= String(await freePort()));

/** The journeys run over exactly what `npm start` starts: two origins, two sites, real HTTP, a real browser. */
export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.journey.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  timeout: TEST_PATIENCE_MS,
  expect: { timeout: PATIENCE_MS },
  forbidOnly: true,
  reporter: [['list'], ['./run/journeys-reporter.ts']],
  use: {
    baseURL: `http://localhost:${shopPort}`,
    actionTimeout: PATIENCE_MS,
    navigationTimeout: PATIENCE_MS,
    launchOptions: {
      executablePath,
      args: [...args],
      env: { ...(process.env as Record<string, string>), ...env },
      timeout: PATIENCE_MS,
    },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    // A trace of each test costs a third of the whole run; `--trace on` records one when it is wanted.
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'npm start',
    cwd: '..',
    url: `http://localhost:${shopPort}`,
    env: { KASSA_SHOP_PORT: shopPort, KASSA_SANDBOX_PORT: sandboxPort },
    timeout: PATIENCE_MS,
    gracefulShutdown: { signal: 'SIGTERM', timeout: PATIENCE_MS },
  },
});
