/** The frame in the shop's own HTML: it loads before any script, and the tag takes it over. */
import { expect, test } from './test.ts';
import { CARDS, fillCard, pressPay } from './shop.ts';

test('the frame of a rendered page is taken over without a reload, and pays', async ({ page }) => {
  const loads: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/gateway/cashier?')) loads.push(request.url());
  });
  await page.goto('/served');
  const cashier = page.frameLocator('iframe[slot=frame]');
  await fillCard(cashier, CARDS.pays);
  await expect.poll(() => page.evaluate(() => document.querySelector('kassa-cashier')?.state)).toBe('ready');
  await pressPay(cashier);
  await expect(cashier.getByText('Confirmed by the shop')).toBeVisible();
  expect(loads).toHaveLength(1);
});

test('it is there and pays even when the shop’s script never comes', async ({ page }) => {
  await page.route('**/kassa.js', (route) => route.abort());
  await page.goto('/served');
  const cashier = page.frameLocator('iframe[slot=frame]');
  await fillCard(cashier, CARDS.pays);
  await pressPay(cashier);
  await expect(cashier.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
});
