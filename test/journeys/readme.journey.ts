import { readFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('the README’s two tags on an empty page are a cashier', async ({ page }) => {
  const readme = await readFile('README.md', 'utf8');
  const html = /```html\n([^]*?)```/.exec(readme)?.[1] ?? 'no html in the README';
  expect(await readFile('demo/shop/page/plain.html', 'utf8')).toContain(html);

  await page.goto('/plain.html');
  await expect(page.frameLocator('kassa-cashier iframe').getByLabel('Card number')).toBeVisible();
});
