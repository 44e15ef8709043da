/** Pages that forbid nearly everything, and pages that forbid the cashier: no violation, or one clear error. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { PATIENCE_MS } from '../patience.ts';
import { CARDS, fillCard, pressPay } from './shop.ts';

test('under the strictest policies a payment goes through without one violation', async ({ page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/violat|policy|blocked|refused/i.test(message.text())) violations.push(message.text());
  });
  await page.goto('/strict.html');
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  await page.getByRole('button', { name: 'Pay' }).click();
  const cashier = page.frameLocator('kassa-cashier iframe');
  await fillCard(cashier, CARDS.pays);
  await pressPay(cashier);
  await expect(cashier.getByText('Confirmed by the shop')).toBeVisible();
  expect(violations).toEqual([]);
});

// F15: offline before the cashier opens
test('offline, and back: a card that can be pressed when the line is there again', async ({
  page,
  context,
}) => {
  await page.goto('/strict.html');
  await page.waitForFunction(() => customElements.get('kassa-cashier'));
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Pay' }).click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await context.setOffline(false);
  await again.click();
  await expect(page.frameLocator('kassa-cashier iframe').getByLabel('Card number')).toBeVisible();
});

test.describe('a hosted page that cannot be shown', () => {
  let server: Server;
  let origin: string;
  test.beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/deny') response.setHeader('x-frame-options', 'DENY');
      if (pathname === '/ancestors') response.setHeader('content-security-policy', "frame-ancestors 'none'");
      if (pathname === '/slow') return;
      response.setHeader('content-type', 'text/html').end('<!doctype html><p>Not a cashier');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Opens a cashier at this address and waits for what it says is wrong. */
  async function errorOf(page: Page, cashierUrl: string, timeoutMs = PATIENCE_MS) {
    return page.evaluate(
      ({ url, ms }) =>
        new Promise<{ code: string; hint: string; message: string }>((resolve) => {
          const cashier = document.createElement('kassa-cashier');
          cashier.setAttribute('timeout-ms', String(ms));
          Object.assign(cashier, {
            session: { token: 'secret-token', flow: 'deposit', trackingId: 'x', cashierUrl: url },
          });
          cashier.addEventListener('kassa-error', ({ error: { code, hint, message } }) =>
            resolve({ code, hint, message }),
          );
          document.body.append(cashier);
        }),
      { url: cashierUrl, ms: timeoutMs },
    );
  }

  for (const [why, path] of [
    ['X-Frame-Options', '/deny'],
    ['frame-ancestors', '/ancestors'],
    ['a server that never answers', '/slow'],
    ['a page that never says hello', '/'],
  ] as const) {
    test(`${why}: frame-timeout, and a card with "Try again"`, async ({ page }) => {
      await page.goto('/plain.html');
      const error = await errorOf(page, `${origin}${path}`, 1_500);
      expect(error.code).toBe('frame-timeout');
      expect(error.hint).toContain('frame-ancestors');
      expect(JSON.stringify(error)).not.toContain('secret-token');
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    });
  }

  // B5
  test('the shop’s own policy: csp-blocked, with the directive and the value to add', async ({ page }) => {
    await page.goto('/strict.html');
    await page.waitForFunction(() => customElements.get('kassa-cashier'));
    const error = await errorOf(page, `${origin}/`);
    expect(error.code).toBe('csp-blocked');
    expect(error.hint).toBe(`Add ${origin} to frame-src.`);
    await expect(page.getByRole('alert')).toContainText('Nothing was charged.');
  });
});
