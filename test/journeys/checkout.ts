/** A page of the shop that leads to the hosted page by itself, for the journeys that come back from there. */
import { expect, type Page } from '@playwright/test';
import { Shopper } from './shop.ts';

/** Opens it, and counts the sessions that it asks for. */
export async function checkout(page: Page): Promise<{ readonly asked: () => number }> {
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/kassa/session')) asked += 1;
  });
  await page.route('**/checkout.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<script type="module" src="/kassa.js"></script><kassa-cashier display="redirect" session-url="/kassa/session"></kassa-cashier>',
    }),
  );
  await new Shopper(page).choose(/House espresso/);
  await page.goto('/checkout.html');
  await page.waitForURL(/\/gateway\/cashier/);
  return { asked: () => asked };
}

export async function waitsForPress(page: Page, asked: () => number): Promise<void> {
  const button = page.getByRole('button', { name: 'Continue' });
  await expect(button).toBeVisible();
  expect(page.url()).toContain('/checkout.html');
  expect(asked()).toBe(1);
  await button.click();
  await page.waitForURL(/\/gateway\/cashier/);
}
