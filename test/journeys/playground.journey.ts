/** The playground, and through it what a shop can set on the tag, against the real hosted page. */
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { expect, test } from './test.ts';
import { CARDS, fillCard, pressPay } from './shop.ts';

test('each attribute acts at once, and its HTML can be copied', async ({ page }) => {
  await page.goto('/playground');
  const tag = page.locator('kassa-cashier');
  const cashier = tag.frameLocator('iframe');
  await expect(cashier.getByLabel('Card number')).toBeVisible();
  await page.getByLabel('lang').selectOption('de');
  await expect(cashier.getByLabel('Kartennummer')).toBeVisible();
  await page.getByLabel('display').selectOption('modal');
  await expect(tag.getByRole('dialog')).toBeVisible();
  await expect(page.locator('#html')).toContainText(
    '<kassa-cashier session-url="/kassa/session" display="modal" lang="de">',
  );
});

test('a seed colour reaches the hosted page, readable in both schemes', async ({ page }) => {
  await page.goto('/playground');
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  const button = cashier.getByRole('button', { name: /^Pay / });
  const ground = () => button.evaluate((element) => getComputedStyle(element).backgroundColor);
  await expect(button).toBeVisible();
  const before = await ground();
  await page.getByLabel('--kassa-seed', { exact: true }).fill('gold');
  await page.getByLabel('--kassa-radius').fill('0px');
  await expect.poll(ground).not.toBe(before);
  await expect(button).toHaveCSS('border-radius', '0px');
});

test('a prewarmed page is loaded before the click, and gets its token over the port', async ({ page }) => {
  const loads: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === '/gateway/cashier') loads.push(search);
  });
  await page.goto('/playground');
  await expect.poll(() => loads.length).toBe(1);
  await page.getByLabel('display').selectOption('modal');
  await page.getByRole('button', { name: 'close()' }).evaluate((button: HTMLElement) => button.click());
  await page.getByLabel('prewarm').check();
  await expect.poll(() => loads.length).toBe(2);
  expect(loads[1]).not.toContain('token');
  const said = () => page.locator('kassa-cashier').evaluate((tag: KassaCashier) => tag.diagnostics());
  await expect.poll(said).toContainEqual(expect.objectContaining({ what: 'hello -> idle' }));

  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  const cashier = page.locator('kassa-cashier').frameLocator('iframe');
  await fillCard(cashier, CARDS.pays);
  await pressPay(cashier);
  await expect(cashier.getByText('Confirmed by the shop')).toBeVisible();
  expect(loads).toHaveLength(2);
});

test('the hosted page keeps the protocol, and the picture shows who said what', async ({ page }) => {
  await page.goto('/playground');
  await expect(page.locator('#timeline')).toContainText('ready');
  await expect(page.locator('#timeline')).not.toContainText('token"');
  await page.getByRole('button', { name: 'Check the hosted page' }).click();
  await expect(page.locator('#findings li')).toHaveCount(9);
  await expect(page.locator('#findings .failed')).toHaveCount(0);
});
