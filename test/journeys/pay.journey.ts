import { expect, test } from './test.ts';
import { CARDS, pressPay, Shopper } from './shop.ts';

// G-04, G-19, G-20, G-24
test('a good card pays, and the outcome is verified by the backend', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await shopper.pay(CARDS.pays);

  await expect(shopper.cashier.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  const outcomes = shopper.log('events', 'kassa-outcome');
  await expect(outcomes).toHaveCount(1);
  await expect(outcomes).toContainText('"kind": "succeeded"');
  await expect(outcomes).toContainText('"verified": true');
  await expect(shopper.log('webhooks', 'webhook')).toHaveCount(2);
  await expect(shopper.log('webhooks', 'webhook').first()).toContainText('"rawStatus": "successful"');
});

test('the amount is the shop’s: the item chosen decides what the cashier asks for', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/Pour-over kettle/);
  await shopper.openCashier();
  await expect(shopper.cashier.getByRole('button', { name: 'Pay €89.90' })).toBeVisible();
});

// G-10
test('a declined card says why, and another card can pay in the same cashier', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/Stoneware cup/);
  await shopper.openCashier();
  await shopper.pay(CARDS.declined);

  await expect(shopper.cashier.getByRole('heading', { name: 'Payment declined' })).toBeVisible();
  await expect(shopper.cashier.getByRole('alert')).toContainText('Card declined. You were not charged.');
  const outcomes = shopper.log('events', 'kassa-outcome');
  await expect(outcomes).toHaveCount(1);
  await expect(outcomes).toContainText('"kind": "failed"');
  await expect(outcomes).toContainText('"verified": true');
  await expect(outcomes).toContainText('"reason": "Card declined"');

  // The form is as it was; one press with another card is another try.
  await expect(shopper.cashier.getByLabel('Card number')).toBeFocused();
  await expect(shopper.cashier.getByLabel('Name on card')).toHaveValue('Ada Lovelace');
  await shopper.cashier.getByLabel('Card number').fill(CARDS.pays);
  await pressPay(shopper.cashier);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  // The second try is a session of its own, and what the first one ended as did not touch it.
  await expect(outcomes).toHaveCount(2);
  await expect(outcomes.first()).toContainText('"kind": "succeeded"');
});

test('no key, password or card number reaches the page', async ({ page }) => {
  const seen: string[] = [];
  page.on('response', (response) => {
    if (/javascript|json|html|event-stream/.test(response.headers()['content-type'] ?? '')) {
      if (response.url().startsWith('http://localhost')) {
        void response.text().then(
          (text) => seen.push(text),
          () => undefined,
        );
      }
    }
  });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await shopper.pay(CARDS.pays);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  const all = seen.join('\n') + (await page.content());
  for (const secret of ['dev_kassa_0001', 'spg_test_kassa_0001', '4242424242424242', '4242 4242 4242 4242']) {
    expect(all).not.toContain(secret);
  }
});
