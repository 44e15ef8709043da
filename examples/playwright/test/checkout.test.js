import { expect, test } from '@playwright/test';
import { CARDS, cashierOn, startSandbox } from 'kassa/testing';
import { createShop } from '../shop.js';

let sandbox, shop, server, url;

test.beforeAll(async () => {
  // The shop's address is known only once it listens, and the sandbox has to know it.
  sandbox = await startSandbox();
  shop = createShop(sandbox.gateway);
  await new Promise((resolve) => (server = shop.app.listen(0, resolve)));
  url = `http://localhost:${server.address().port}`;
  await sandbox.configure({ webhookUrl: `${url}/kassa/webhook` });
});
test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.close();
});

test('a card pays, and goods may go out', async ({ page }) => {
  await page.goto(url);
  const { kind, verified, trackingId } = await cashierOn(page).pay(CARDS.pays);
  expect({ kind, verified }).toEqual({ kind: 'succeeded', verified: true });
  await expect.poll(() => shop.paid).toContain(trackingId);
});

test('a card that is declined pays nothing', async ({ page }) => {
  await page.goto(url);
  const { kind, reason, trackingId } = await cashierOn(page).pay(CARDS.declined);
  expect({ kind, reason }).toEqual({ kind: 'failed', reason: 'Card declined' });
  expect(shop.paid).not.toContain(trackingId);
});

test('3-D Secure is passed on the way', async ({ page }) => {
  await page.goto(url);
  expect(await cashierOn(page).pay(CARDS.challenge)).toMatchObject({ kind: 'succeeded' });
});
