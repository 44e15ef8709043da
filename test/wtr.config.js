/** Browser tests: real Chromium, real frames. */
import { defaultReporter } from '@web/test-runner';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { fileURLToPath } from 'node:url';
import { browserBundle } from './browser-bundle.ts';
import { findChromium } from './chromium.ts';
import { bankRoutes } from './element/bank-routes.ts';
import { sessionRoutes } from './element/session-routes.ts';
import { statusRoutes } from './element/status-routes.ts';
import { FILE_PATIENCE_MS, PATIENCE_MS, TEST_PATIENCE_MS } from './patience.ts';
import { browserReporter } from './run/browser-reporter.ts';

const { executablePath, args, env } = await findChromium();

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  concurrency: 2,
  reporters: [defaultReporter(), browserReporter()],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        executablePath,
        args: [...args],
        env: { ...process.env, ...env },
        timeout: PATIENCE_MS,
      },
      createPage: async ({ context }) => {
        const page = await context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        return page;
      },
    }),
  ],
  plugins: [browserBundle()],
  middleware: [bankRoutes, sessionRoutes, statusRoutes],
  browserStartTimeout: PATIENCE_MS,
  testsStartTimeout: PATIENCE_MS,
  testsFinishTimeout: FILE_PATIENCE_MS,
  testFramework: { config: { timeout: TEST_PATIENCE_MS } },
};
