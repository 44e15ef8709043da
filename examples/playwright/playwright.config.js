import { defineConfig } from '@playwright/test';

const executablePath = process.env.CHROME_PATH;

export default defineConfig({
  testDir: 'test',
  reporter: 'list',
  use: { browserName: 'chromium', launchOptions: { executablePath, args: ['--no-sandbox'] } },
});
