/** Ways to pay, each as its shopper needs it. Issue 15.1, 15.8. */
import { check, press } from './press.ts';
import { pressPay, Shopper } from './shop.ts';
import { expect, test } from './test.ts';

test('a bank transfer: each line can be copied, a camera can read it, and another way leads on', async ({
  page,
  context,
}) => {
  const { cashier } = await Shopper.atCashier(page);
  await check(cashier.getByRole('radio', { name: 'Bank transfer' }));
  await pressPay(cashier);
  await expect(cashier.getByRole('heading', { name: 'Waiting for your transfer' })).toBeFocused();
  await expect(cashier.getByRole('img', { name: 'Scan to pay' }).locator('path')).toHaveAttribute(
    'd',
    /^M4 4h1/,
  );
  await expect(cashier.getByText(/^Please pay before /)).toBeVisible();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
  await press(cashier.getByRole('button', { name: 'Copy: IBAN' }));
  await expect(cashier.getByRole('status')).toHaveText('Copied: IBAN');

  await press(cashier.getByRole('button', { name: 'Pay another way' }));
  await expect(cashier.getByRole('radio', { name: 'Bank transfer' })).toBeFocused();
  await expect(cashier.getByRole('alert')).toHaveCount(0);
  await press(cashier.getByRole('button', { name: 'Wallet', exact: true }));
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

test('a card is saved with consent, paid again with its code alone, and deleted', async ({ page }) => {
  let { cashier } = await Shopper.atCashier(page);
  await cashier.getByLabel('Card number').fill('4000 0025 0000 1001');
  await check(cashier.getByRole('radio', { name: 'Cartes Bancaires' }));
  await cashier.getByLabel('Expiry date').fill('1/2034');
  await cashier.getByLabel('Security code').fill('123');
  await cashier.getByLabel('Name on card').fill('Ada Lovelace');
  await check(cashier.getByLabel('Save this card'));
  await pressPay(cashier);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();

  await page.getByRole('radio', { name: /Stoneware cup/ }).check();
  await page.getByRole('button', { name: /^Pay €/ }).click();
  cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await expect(cashier.getByRole('radio', { name: 'Cartes Bancaires ending in 1001' })).toBeChecked();
  await cashier.getByLabel('Security code').fill('123');
  await pressPay(cashier);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();

  await page.getByRole('radio', { name: /House espresso/ }).check();
  await page.getByRole('button', { name: /^Pay €/ }).click();
  await press(cashier.getByRole('button', { name: 'Delete Cartes Bancaires ending in 1001' }));
  await expect(cashier.getByLabel('Card number')).toBeFocused();
  await expect(cashier.getByRole('status')).toHaveText('The card was deleted.');
});

test('the shopper chooses how much, by a quick amount or any other', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/Gift card/);
  await page.getByRole('button', { name: 'Choose how much' }).click();
  await press(shopper.cashier.getByRole('button', { name: '€50.00', exact: true }));
  await expect(shopper.cashier.getByRole('button', { name: '€50.00', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await press(shopper.cashier.getByRole('button', { name: 'Wallet', exact: true }));
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(shopper.log('webhooks', 'webhook').first()).toContainText('"amount": "50.00"');
});

// Issue 15.11
test('another item asks before it takes the place of what is typed', async ({ page }) => {
  const { cashier } = await Shopper.atCashier(page);
  await cashier.getByLabel('Name on card').fill('Ada');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
  });
  const cup = page.getByRole('radio', { name: /Stoneware cup/ });
  await cup.click();
  await expect(page.getByRole('radio', { name: /House espresso/ })).toBeChecked();
  await expect(cashier.getByLabel('Name on card')).toHaveValue('Ada');
  await cup.click();
  await expect(page.getByRole('button', { name: 'Pay €18.00' })).toBeVisible();
  expect(asked).toHaveLength(2);
});
