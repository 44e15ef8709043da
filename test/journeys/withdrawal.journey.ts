/** Money on its way to the shopper: asked for in the element, decided by the back office, told minutes later. */
import type { Page } from '@playwright/test';
import { createGateway } from 'kassa/server';
import { expect, worldTest as test } from './test.ts';
import { press } from './press.ts';
import type { World } from './world.ts';

const backOffice = ({ sandbox }: World) =>
  createGateway({
    apiKey: 'dev_kassa_0001',
    baseUrl: `${sandbox.url}/gateway`,
    signaturePassword: 'spg_test_kassa_0001',
  });

/** Asks for a withdrawal in a tag of its own, and answers its tracking id once it is pending. */
async function askForMoney(page: Page): Promise<string> {
  await page.goto('/plain.html');
  await page.evaluate(() => {
    document.querySelector('kassa-cashier')?.remove();
    const tag = document.createElement('kassa-cashier');
    tag.setAttribute('session-url', '/kassa/session');
    tag.setAttribute('flow', 'withdrawal');
    document.body.append(tag);
  });
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await cashier.getByLabel('Account holder').fill('Ada Lovelace');
  await cashier.getByLabel('IBAN').fill('DE89370400440532013000');
  const status = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.querySelector('kassa-cashier')?.addEventListener('kassa-status', (event) => {
          if (event.verified) resolve(`${event.status} ${event.trackingId}`);
        });
      }),
  );
  await press(cashier.getByRole('button', { name: /^Withdraw / }));
  await expect(cashier.getByRole('heading', { name: 'Withdrawal requested' })).toBeVisible();
  const [word, trackingId = ''] = (await status).split(' ');
  expect(word).toBe('pending');
  return trackingId;
}

const outcomeOf = (page: Page) =>
  page.evaluate(() =>
    document
      .querySelector('kassa-cashier')
      ?.result()
      .then((it) => ({ ...it })),
  );

test.describe.configure({ mode: 'serial' });

// G-12, G-14
test('approved minutes later, it ends as succeeded in the page that waited', async ({ page, world }) => {
  const trackingId = await askForMoney(page);
  const outcome = outcomeOf(page);
  await world.sandbox.advance(7 * 60_000);
  expect(await page.evaluate(() => document.querySelector('kassa-cashier')?.outcome)).toBeUndefined();
  await backOffice(world).approveWithdrawal({ trackingId });
  await world.sandbox.advance(5_000);
  expect(await outcome).toMatchObject({ kind: 'succeeded', verified: true, trackingId });
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await expect(cashier.getByRole('heading', { name: 'Withdrawal sent' })).toBeVisible();
});

// G-13
test('rejected, it ends as failed, with the reason', async ({ page, world }) => {
  const trackingId = await askForMoney(page);
  const outcome = outcomeOf(page);
  await backOffice(world).rejectWithdrawal({ trackingId });
  expect(await outcome).toMatchObject({ kind: 'failed', verified: true, reason: 'Rejected by the merchant' });
});

test('cancelled by the shopper while it is pending', async ({ page }) => {
  await askForMoney(page);
  const outcome = outcomeOf(page);
  await press(page.locator('kassa-cashier').frameLocator('iframe').getByRole('button', { name: 'Cancel' }));
  expect(await outcome).toMatchObject({ kind: 'failed', verified: true, reason: 'Cancelled by the shopper' });
});

test('left while it is pending, it ends here as pending, and goes on without the page', async ({
  page,
  world,
}) => {
  const trackingId = await askForMoney(page);
  const outcome = outcomeOf(page);
  await page.evaluate(() => document.querySelector('kassa-cashier')?.close());
  expect(await outcome).toMatchObject({ kind: 'pending', verified: false, trackingId });
  await backOffice(world).approveWithdrawal({ trackingId });
  await world.sandbox.advance(5_000);
  expect((await backOffice(world).getStatus({ trackingId })).status).toBe('succeeded');
});

// Pain 2
test('a page that is reloaded asks for no second withdrawal, and hears how the first ends', async ({
  page,
  world,
}) => {
  const trackingId = await askForMoney(page);
  await page.evaluate(() => {
    document.querySelector('kassa-cashier')?.remove();
    const tag = document.createElement('kassa-cashier');
    tag.setAttribute('session-url', '/kassa/session');
    tag.setAttribute('flow', 'withdrawal');
    document.body.append(tag);
  });
  await expect(page.getByText('Checking the payment…')).toBeVisible();
  const outcome = outcomeOf(page);
  await backOffice(world).approveWithdrawal({ trackingId });
  await world.sandbox.advance(5_000);
  expect(await outcome).toMatchObject({ kind: 'succeeded', verified: true, trackingId });
});

// N-12, issue 7: one story over three systems
test('approved in the demo’s back office, it is paid out by Nixo, whose webhook settles it', async ({
  page,
  world,
}) => {
  await world.sandbox.reset();
  await page.goto('/withdraw');
  const treasury = page.getByRole('region', { name: 'Treasury' });
  await expect(treasury.getByRole('row', { name: 'Nxos, Primary account USD 15,000.00' })).toBeVisible();
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await cashier.getByLabel('Account holder').fill('Ada Lovelace');
  await cashier.getByLabel('IBAN').fill('DE89370400440532013000');
  await press(cashier.getByRole('button', { name: /^Withdraw / }));
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.locator('#steps li')).toHaveText([
    /^Requested/,
    /^ApprovedThe gateway was told/,
    /^Being paid outNixo has it as pyt_/,
    /^DeliveredNixo’s webhook says so/,
  ]);
  await expect(cashier.getByRole('heading', { name: 'Withdrawal sent' })).toBeVisible();
  await expect(treasury.getByRole('row', { name: 'Nixo, operating account EUR 99,975.50' })).toBeVisible();
});
