import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { Shopper } from './shop.ts';

// Emulation would tell every frame the same scheme; here the frame is to take it from the element around it.
test.describe('with the browser’s own scheme, which is light', () => {
  test.use({ colorScheme: null });

  // G-06, G-32
  test('the theme follows the page live, without a reload of the frame', async ({ page }) => {
    const shopper = new Shopper(page);
    await shopper.choose(/House espresso/);
    await shopper.openCashier();
    await shopper.cashier.getByLabel('Name on card').fill('Kept through the change');
    const body = shopper.cashier.locator('body');
    const ink = () => body.evaluate((element) => getComputedStyle(element).color);
    const lightInk = await ink();

    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(ink).not.toBe(lightInk);
    await page.getByRole('radio', { name: 'Auto' }).check();
    await expect.poll(ink).toBe(lightInk);

    await expect(shopper.cashier.getByLabel('Name on card')).toHaveValue('Kept through the change');
  });
});

test('under auto, the system decides, live', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  await shopper.openCashier();
  const ink = () => shopper.cashier.locator('body').evaluate((element) => getComputedStyle(element).color);
  const lightInk = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ink).not.toBe(lightInk);
});

test('there is no white flash: a dark page never shows a bright frame while the cashier opens', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const shopper = new Shopper(page);
  await shopper.choose(/House espresso/);
  const client = await page.context().newCDPSession(page);
  const frames: Buffer[] = [];
  client.on('Page.screencastFrame', ({ data, sessionId }) => {
    frames.push(Buffer.from(data, 'base64'));
    void client.send('Page.screencastFrameAck', { sessionId });
  });
  await client.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await shopper.openCashier();
  await expect.poll(() => frames.length).toBeGreaterThan(1);
  await client.send('Page.stopScreencast');

  const box = await page.locator('kassa-cashier').boundingBox();
  if (!box) throw new Error('the cashier has no box');
  for (const frame of frames) expect(await brightest(page, frame, box)).toBeLessThan(0.5);
});

/** The share of nearly white pixels in a part of a screenshot, counted by the browser itself. */
async function brightest(
  page: Page,
  png: Buffer,
  box: { x: number; y: number; width: number; height: number },
): Promise<number> {
  return page.evaluate(
    async ({ base64, area }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const height = Math.max(1, Math.min(area.height, image.height - area.y));
      const { data } = context.getImageData(area.x, area.y, area.width, height);
      let bright = 0;
      for (let at = 0; at < data.length; at += 4) {
        if ((data[at] ?? 0) > 235 && (data[at + 1] ?? 0) > 235 && (data[at + 2] ?? 0) > 235) bright += 1;
      }
      return bright / (data.length / 4);
    },
    { base64: png.toString('base64'), area: box },
  );
}
