/** Nothing jumps, nothing is said that is not known, nothing is lost on the way through 3-D Secure. Issue 15. */
import type { Page } from '@playwright/test';
import { shiftsOf, watchShifts } from './look.ts';
import { CARDS, pressPay, Shopper } from './shop.ts';
import { expect, test } from './test.ts';

const BANK = '4111 1111 1111 1111';

for (const [device, viewport] of [
  ['a phone', { width: 390, height: 844 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    // 15.5, and 15.2: no error of any policy in the console
    test('a whole payment with 3-D Secure moves next to nothing, and breaks no policy', async ({ page }) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await watchShifts(page);
      const shopper = new Shopper(page);
      await shopper.choose(/House espresso/);
      await shopper.openCashier();
      await shopper.pay(BANK);
      const bank = shopper.cashier.frameLocator('iframe');
      const heights = [(await page.locator('kassa-cashier').boundingBox())?.height];
      await bank.locator('#code').fill('1234');
      await bank.getByRole('button', { name: 'Confirm' }).press('Enter');
      await expect(shopper.cashier.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
      await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
      heights.push((await page.locator('kassa-cashier').boundingBox())?.height);
      expect(heights[1]).toBe(heights[0]);
      const shifts = await shiftsOf(page);
      console.log(`layout shift on ${device}: ${shifts.toFixed(4)}`);
      expect(shifts).toBeLessThan(0.05);
      expect(complaints).toEqual([]);
    });
  });
}

/** Keeps the requests that match back until they are let go: who knows what, and when, is the test's to say. */
async function holdBack(page: Page, what: string): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(what, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

// 15.2
test('between the bank and the outcome stands "Confirming…", and never "Processing" beside "Paid"', async ({
  page,
}) => {
  const tellShop = await holdBack(page, '**/kassa/status/**');
  const shopper = new Shopper(page);
  await shopper.choose(/Stoneware cup/);
  await shopper.openCashier();
  await shopper.pay(BANK);
  const bank = shopper.cashier.frameLocator('iframe');
  await expect(bank.locator('#code')).toBeVisible();
  const tellPage = await holdBack(page, '**/gateway/cashier/payment');
  // What only a moment showed is kept.
  const root = shopper.cashier.locator('html');
  await root.evaluate(() => {
    const headings = new Set<string>();
    Object.assign(window, { headings });
    const note = (): void => void headings.add(document.querySelector('h1')?.textContent.trim() ?? '');
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    note();
  });
  await bank.locator('#code').fill('1234');
  await bank.getByRole('button', { name: 'Confirm' }).press('Enter');
  await expect(shopper.cashier.getByRole('heading')).toHaveText('Confirming…');
  tellShop();
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(shopper.cashier.getByRole('heading')).toHaveText('Payment successful');
  const seen = await root.evaluate(() => [...(window as unknown as { headings: Set<string> }).headings]);
  expect(seen.filter((heading) => heading !== '')).toEqual([
    'Confirm with your bank',
    'Confirming…',
    'Payment successful',
  ]);
  tellPage();
});

test('the bank’s page speaks the cashier’s language in its theme, and says when a link is unknown', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/playground');
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await expect(cashier.getByLabel('Card number')).toBeVisible();
  await page.getByLabel('lang').selectOption('de');
  await cashier.getByLabel('Kartennummer').fill(BANK);
  await cashier.getByLabel('Gültig bis').fill('12/2034');
  await cashier.locator('#card-cvc').fill('123');
  await cashier.getByLabel('Name auf der Karte').fill('Ada Lovelace');
  await cashier.locator('.button.pay').press('Enter');
  const bank = cashier.frameLocator('iframe');
  await expect(bank.getByRole('heading', { name: 'Zahlung bestätigen' })).toBeVisible();
  expect(await bank.locator('html').evaluate((it) => getComputedStyle(it).colorScheme)).toBe('dark');
  const address = await cashier.locator('iframe').getAttribute('src');
  await page.goto(new URL('/gateway/3ds/nobody?lang=fr', address ?? '').href);
  await expect(page.getByRole('heading')).toHaveText('Ce lien n’est pas valable');
});

// 15.4
test('an answer that is lost is checked, and what arrived is paid once', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await page.route('**/gateway/cashier/pay', async (route) => {
    await route.fetch();
    await page.route('**/gateway/cashier/payment', (asked) => asked.abort('connectionfailed'));
    await route.abort('connectionreset');
  });
  await shopper.pay(CARDS.pays);
  const { cashier } = shopper;
  const checking = 'The connection was lost. We are checking whether your payment arrived.';
  await expect(cashier.getByRole('alert')).toHaveText(checking);
  await expect(cashier.getByRole('status')).toHaveText(checking);
  await expect(cashier.getByRole('button', { name: 'Checking…' })).toBeVisible();
  await expect(cashier.getByText(/not charged|nothing was sent/i)).toHaveCount(0);
  await page.unroute('**/gateway/cashier/payment');
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

test('a payment that did not arrive is said to have not, and another press pays', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await page.route('**/gateway/cashier/pay', (route) => route.abort('connectionreset'));
  await shopper.pay(CARDS.pays);
  await expect(shopper.cashier.getByRole('alert')).toContainText('did not arrive');
  await page.unroute('**/gateway/cashier/pay');
  await pressPay(shopper.cashier);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});
