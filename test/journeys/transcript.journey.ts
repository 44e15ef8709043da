/** What a screen reader finds on each screen of a payment. Issue 15.9. A change here is a change for its users. */
import { pressPay, Shopper } from './shop.ts';
import { expect, test } from './test.ts';

test('from the form over a decline and the bank to the receipt', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  const { cashier } = shopper;
  const screen = cashier.locator('main');
  await expect(page.getByRole('group', { name: 'Secure payment' })).toBeVisible();
  await expect(screen).toMatchAriaSnapshot(`
    - main:
      - paragraph: Test mode
      - paragraph: Fika
      - heading "To pay €24.50" [level=1]
      - paragraph: House espresso
      - group "Express checkout":
        - button "Wallet"
        - button "Wallet that declines"
        - button "Slow wallet"
      - paragraph: or pay another way
      - group "How would you like to pay?":
        - radio "Card" [checked]
        - radio "Bank transfer"
        - radio "Crypto"
        - radio "USDC (Ethereum)"
      - paragraph: All fields are required.
      - text: Card number
      - 'img "Accepted cards: Visa, Mastercard, American Express, Discover, JCB, UnionPay, Diners Club, Maestro"'
      - textbox "Card number"
      - text: Expiry date
      - textbox "Expiry date"
      - text: Security code
      - textbox "Security code"
      - button "Where is the code?"
      - text: Name on card
      - textbox "Name on card"
      - checkbox "Save this card for next time"
      - button "Pay €24.50"
      - status
  `);

  await cashier.getByLabel('Card number').fill('4242 4242 4242 4241');
  await cashier.getByLabel('Expiry date').focus();
  await expect(cashier.getByRole('status')).toHaveText('Check the card number; a digit seems wrong.');
  await expect(cashier.getByLabel('Card number')).toHaveAccessibleDescription(
    'Check the card number; a digit seems wrong.',
  );

  await shopper.pay('4000 0000 0000 9995');
  await expect(screen).toMatchAriaSnapshot(`
    - main:
      - alert:
        - heading "Payment declined" [level=2]
        - paragraph: Insufficient funds. You were not charged. Check your details, or choose another way to pay.
      - textbox "Card number" [active]: 4000 0000 0000 9995
      - textbox "Name on card": Ada Lovelace
      - button "Pay €24.50"
  `);

  await cashier.getByLabel('Card number').fill('4111 1111 1111 1111');
  await pressPay(cashier);
  const bank = cashier.frameLocator('iframe');
  await expect(bank.locator('main')).toMatchAriaSnapshot(`
    - main:
      - paragraph: Sandbox Bank
      - heading "Confirm your payment" [level=1]
      - paragraph: €24.50 with the card ending in 1111
      - textbox "Code from your bank"
      - button "Confirm"
      - button "Cancel payment"
  `);
  await expect(screen.getByRole('heading', { name: 'Confirm with your bank' })).toBeFocused();
  await bank.locator('#code').fill('1234');
  await bank.getByRole('button', { name: 'Confirm' }).press('Enter');
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(screen).toMatchAriaSnapshot(`
    - main:
      - paragraph: Test mode
      - heading "Payment successful" [level=1] [active]
      - paragraph: You paid €24.50.
      - paragraph: Confirmed by the shop
      - paragraph: /Reference/
  `);
});
