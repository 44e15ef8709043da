/** The bottom sheet on a phone, and every page from 320 pixels on. Issue 15.6, 15.7, 15.9. */
import type { Locator } from '@playwright/test';
import { lowTargets } from './look.ts';
import { sandboxOf } from './shop.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

async function bottomOf(seen: Locator): Promise<number> {
  const box = await seen.boundingBox();
  return box ? box.y + box.height : Number.POSITIVE_INFINITY;
}

test('the button is always in sight, also above a keyboard, and the page scrolls in its own frame', async ({
  page,
}) => {
  await page.goto('/playground');
  const tag = page.locator('kassa-cashier');
  const cashier = tag.frameLocator('iframe');
  await expect(cashier.getByLabel('Card number')).toBeVisible();
  await page.getByLabel('display').selectOption('modal');
  await expect(tag.getByRole('dialog')).toBeVisible();
  const pay = cashier.getByRole('button', { name: /^Pay / });
  for (const height of [740, 420]) {
    await page.setViewportSize({ width: 360, height });
    for (const place of [0, 10_000]) {
      await cashier.locator('html').evaluate((it, top) => it.scrollTo(0, top), place);
      // A frame of another site hears of its new size a moment later.
      await expect
        .poll(() => bottomOf(pay), `at ${height}, scrolled to ${place}`)
        .toBeLessThanOrEqual(height);
    }
  }
  expect(await cashier.locator('html').evaluate((it) => it.scrollHeight > it.clientHeight)).toBe(true);
  expect(await tag.locator('.inside').evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThan(2);
});

test('a modal puts the focus where typing begins', async ({ page }) => {
  await page.goto('/strict.html');
  await page.getByRole('button', { name: 'Pay' }).click();
  const cashier = page.frameLocator('kassa-cashier iframe');
  await expect(cashier.getByLabel('Card number')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Pay' })).toHaveAttribute('aria-expanded', 'true');
});

test('no page is wider than a small phone, and what is touched is large enough', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const sandbox = await sandboxOf(page);
  for (const path of ['/', '/card', '/withdraw', '/playground', '/served', `${sandbox}/_sandbox`]) {
    await page.goto(path);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide, path).toBeLessThanOrEqual(0);
  }
  await page.goto('/served');
  const cashier = page.frameLocator('iframe[slot=frame]');
  await expect(cashier.getByLabel('Card number')).toBeVisible();
  expect(await lowTargets(cashier.locator('html'))).toEqual([]);
  const sideways = await cashier.locator('html').evaluate((it) => it.scrollWidth - it.clientWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
