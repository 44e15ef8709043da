/** Issue 13.7: the browser's Back after a redirect; with the back/forward cache it is in `cache.journey.ts`. */
import { checkout, waitsForPress } from './checkout.ts';
import { test } from './test.ts';

test('Back to a page that leads away waits for a press, and mints nothing before it', async ({ page }) => {
  const { asked } = await checkout(page);
  await page.goBack({ waitUntil: 'commit' });
  await waitsForPress(page, asked);
});
