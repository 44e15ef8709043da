/** B22: the back/forward cache, which Playwright turns off and no shopper does. */
import { findChromium } from '../chromium.ts';
import { checkout, waitsForPress } from './checkout.ts';
import { CARDS, fillCard, Shopper } from './shop.ts';
import { expect, test } from './test.ts';

const { executablePath, args, env } = await findChromium();
// The browser inside the npm package is a headless shell, which has no such cache.
const isShell = args.includes('--headless=shell');
if (isShell)
  console.log('Back/forward cache: NOT TESTED, it needs a whole Chromium (apt-get install chromium).');

test.use({
  launchOptions: {
    executablePath,
    args: [...args],
    env: { ...(process.env as Record<string, string>), ...env },
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

test('a page that comes back from the cache has its cashier as it was, and it pays', async ({ page }) => {
  test.skip(isShell);
  await page.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
  });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  await fillCard(shopper.cashier, CARDS.pays);
  const button = shopper.cashier.getByRole('button', { name: /^Pay / });
  await button.scrollIntoViewIfNeeded();
  const place = await button.boundingBox();
  if (!place) throw new Error('The button is not to be seen.');

  await page.goto('/plain.html');
  // A page out of the cache is not loaded again.
  await page.goBack({ waitUntil: 'commit' });
  expect(await page.evaluate(() => (window as { persisted?: boolean }).persisted)).toBe(true);

  // By its place: the driver has lost sight of the frame, the shopper has not. What was typed is still there. Until the
  // frame has been painted again a click is lost; one too many is not, for the form is sent once.
  const state = () => page.evaluate(() => document.querySelector('kassa-cashier')?.state);
  await expect
    .poll(async () => {
      await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
      return state();
    })
    .not.toBe('ready');
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});

// Issue 13.7
test('a page that leads away, out of the cache, waits for a press, and mints nothing before it', async ({
  page,
}) => {
  test.skip(isShell);
  const { asked } = await checkout(page);
  await page.goBack({ waitUntil: 'commit' });
  await waitsForPress(page, asked);
});
