import { expect, worldTest as test } from './test.ts';
import { press, pressEscape } from './press.ts';
import { CARDS, Shopper } from './shop.ts';

test('a shopper who leaves before paying ends as cancelled, and can start again', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await shopper.cashier.getByLabel('Card number').focus();
  pressEscape(page);

  await expect(shopper.log('events', 'kassa-closed')).toContainText('"kind": "cancelled"');
  await expect(page.locator('kassa-cashier')).toHaveCount(0);
  await shopper.openCashier();
  await shopper.pay(CARDS.pays);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

test('nobody can close the cashier while money moves', async ({ page, world }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await press(shopper.cashier.getByRole('button', { name: 'Slow wallet' }));
  await expect(page.locator('kassa-cashier:state(busy)')).toBeVisible();
  await page
    .locator('kassa-cashier')
    .evaluate((cashier) => (cashier as HTMLElement & { close(): void }).close());
  await world.sandbox.advance(20_000);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(shopper.log('events', 'kassa-closed')).toHaveCount(0);
});
