import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';

const { executablePath, args, env } = await findChromium();
const shopPort = process.env.KASSA_SHOP_PORT ?? '4100';
const sandboxPort = process.env.KASSA_SANDBOX_PORT ?? '4110';

/** The journeys run over exactly what `npm start` starts: two origins, two sites, real HTTP, a real browser. */
export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.journey.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Two lanes share two cores.
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${shopPort}`,
    launchOptions: {
      executablePath,
      args: [...args],
      env: { ...(process.env as Record<string, string>), ...env },
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
    timeout: 60_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
