import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

test('the README’s two tags, pasted into an empty page of the shop, are a cashier', async ({ page }) => {
  const readme = await readFile('README.md', 'utf8');
  const html = /```html\n([^]*?)```/.exec(readme)?.[1] ?? '';
  expect(html).toContain('<kassa-cashier');
  // A real page of the shop's origin, emptied: one that was made up by the test may not reach this machine.
  await page.goto('/items');
  await page.setContent(`<!doctype html><title>Pasted</title>${html}`);
  await expect(page.frameLocator('kassa-cashier iframe').getByLabel('Card number')).toBeVisible();
});
