/** What can go wrong around a payment, in a shop and a sandbox apart: time, maintenance, a gateway that is down. */
import type { Page, Request } from '@playwright/test';
import { expect, worldTest as test } from './test.ts';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { press } from './press.ts';
import { CARDS, pressPay, Shopper } from './shop.ts';
import type { World } from './world.ts';

const control = (sandbox: RunningSandbox, path: string, body: unknown): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });

test.describe.configure({ mode: 'serial' });

/** No webhook finds the shop meanwhile: it hears of payments by asking the gateway, seconds later. */
async function withoutWebhooks({ sandbox, shop }: World, meanwhile: () => Promise<void>): Promise<void> {
  await control(sandbox, 'config', { webhookUrl: 'http://127.0.0.1:9/nobody' });
  await meanwhile();
  await control(sandbox, 'config', { webhookUrl: `${shop.url}/kassa/webhook` });
}

/** A shopper who typed for longer than a token lives. */
async function slowShopper(page: Page, sandbox: RunningSandbox): Promise<Shopper> {
  const shopper = await Shopper.atCashier(page);
  await shopper.fillCard(CARDS.pays);
  await sandbox.advance(31 * 60_000);
  return shopper;
}

// G-28
test('a token that expired while the shopper typed is renewed, and the payment goes on', async ({
  page,
  world,
}) => {
  const shopper = await slowShopper(page, world.sandbox);
  await pressPay(shopper.cashier);

  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(shopper.log('events', 'kassa-expiring')).toHaveCount(1);
  await expect(shopper.log('events', 'kassa-outcome')).toHaveCount(1);
});

test('when the shop has no new session to give, the shopper is told and was not charged', async ({
  page,
  world,
}) => {
  const shopper = await slowShopper(page, world.sandbox);
  await control(world.sandbox, 'faults', { match: '/api/v1/cashier', fault: '502' });
  await pressPay(shopper.cashier);
  await expect(page.getByRole('alert')).toContainText('Nothing was charged.');
  const { transactions } = await world.sandbox.state();
  expect(transactions.filter(({ status }) => status === 'pending')).toEqual([]);
});

test('maintenance is said, and nothing can be paid', async ({ page, world }) => {
  await control(world.sandbox, 'config', { maintenance: true });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await page.getByRole('button', { name: /^Pay €/ }).click();
  await expect(shopper.cashier.getByRole('heading', { name: 'Payments are paused' })).toBeVisible();
  await control(world.sandbox, 'config', { maintenance: false });
});

// G-18, G-27
test('a gateway that is down is a readable card, and "Try again" works when it is back', async ({
  page,
  world,
}) => {
  await control(world.sandbox, 'faults', { match: '/api/v1/cashier', fault: '502' });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await page.getByRole('button', { name: /^Pay €/ }).click();
  const card = page.getByRole('alert');
  await expect(card).toContainText('The payment could not be started. Nothing was charged.');
  await expect(shopper.log('events', 'kassa-error')).toContainText('does not answer right now');
  await card.getByRole('button', { name: 'Try again' }).click();
  await shopper.pay(CARDS.pays);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

test('a processor that breaks is said in the form, and another card pays', async ({ page }) => {
  const shopper = new Shopper(page);
  await shopper.choose(/Stoneware cup/);
  await shopper.openCashier();
  await shopper.pay('4000 0000 0000 0119');
  await expect(shopper.cashier.getByRole('alert')).toContainText('You were not charged');
  await shopper.pay(CARDS.pays);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

// The truth: webhooks never arrive, the shop asks the gateway itself.
test('without a single webhook the outcome is still verified', async ({ page, world }) => {
  const shopper = await Shopper.atCashier(page);
  await withoutWebhooks(world, async () => {
    await shopper.pay(CARDS.pays);
    await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  });
  await expect(shopper.log('webhooks', 'webhook')).toHaveCount(0);
  await expect(shopper.log('events', 'kassa-outcome')).toContainText('"verified": true');
});

// The hosted page knows of the decline at once, and the shop does not yet.
test('whoever tries again before the shop has heard of the decline pays with that one press', async ({
  page,
  world,
}) => {
  const shopper = await Shopper.atCashier(page);
  await withoutWebhooks(world, async () => {
    await shopper.pay(CARDS.declined);
    await expect(shopper.cashier.getByRole('heading', { name: 'Payment declined' })).toBeVisible();
    await shopper.pay(CARDS.pays);
  });
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  await expect(shopper.log('events', 'kassa-outcome')).toHaveCount(2);
});

test('a shop that is down while money moves: nothing is said to have failed, and the end is told when it is back', async ({
  page,
  world,
}) => {
  const shopper = await Shopper.atCashier(page);
  await press(shopper.cashier.getByRole('button', { name: 'Slow wallet' }));
  await expect(page.locator('kassa-cashier:state(busy)')).toBeVisible();
  await world.withoutShop(async () => {
    const isQuestion = (request: Request): boolean =>
      request.resourceType() === 'fetch' && request.url().includes('/kassa/status/');
    const unanswered = page.waitForEvent('requestfailed', { predicate: isQuestion });
    // Paid now, and the webhook finds nobody.
    await world.sandbox.advance(20_000);
    await unanswered;
  });
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
  const outcomes = shopper.log('events', 'kassa-outcome');
  await expect(outcomes).toHaveCount(1);
  await expect(outcomes).toContainText('"verified": true');
});

// Issue 15.11, G-28: a token is handed out once, so that a reloaded page cannot show the bank's page again
test('a page that is reloaded in the middle of 3-D Secure follows the payment, and then offers another try', async ({
  page,
  world,
}) => {
  const shopper = await Shopper.atCashier(page);
  await shopper.pay('4111 1111 1111 1111');
  await expect(shopper.cashier.frameLocator('iframe').getByLabel('Code from your bank')).toBeVisible();
  await page.reload();
  await expect(page.locator('kassa-cashier').getByText('Checking the payment')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Pay €/ })).toBeHidden();
  await world.sandbox.advance(15 * 60_000);
  await expect(page.getByText('The payment did not go through: 3-D Secure expired.')).toBeVisible();
  await shopper.openCashier();
  await shopper.pay(CARDS.pays);
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

test('with forced colours everything that can be pressed has an edge', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const shopper = await Shopper.atCashier(page);
  const button = shopper.cashier.getByRole('button', { name: /^Pay / });
  expect(await button.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('solid');
});
