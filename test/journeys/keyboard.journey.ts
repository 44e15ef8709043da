import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { Shopper } from './shop.ts';

/** Where the focus is, through shadow roots and frames; empty while it is nowhere, as on its way into a frame. */
async function focusOf(page: Page): Promise<string> {
  let frame = page.mainFrame();
  for (let depth = 0; ; depth += 1) {
    const active = await frame.evaluateHandle(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element;
    });
    const inner = await active.asElement()?.contentFrame();
    if (!inner) {
      const place = await active.evaluate(
        (it) =>
          it &&
          it !== document.body &&
          [...(it.getRootNode() as ParentNode).querySelectorAll('*')].indexOf(it),
      );
      return typeof place === 'number' ? `${depth}: ${place}` : '';
    }
    frame = inner;
  }
}

test('the whole way can be gone with the keyboard alone', async ({ page }) => {
  const shopper = new Shopper(page);
  await page.goto('/');
  await expect(page.getByRole('radio', { name: /House espresso/ })).toBeVisible();

  const tabTo = async (focused: () => Promise<boolean>): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await focused()) return;
      const before = await focusOf(page);
      await page.keyboard.press('Tab');
      // Once it has arrived: a second Tab on its way would lead past what is looked for.
      await expect.poll(async () => ['', before].includes(await focusOf(page))).toBe(false);
    }
    throw new Error('Tab never got there');
  };
  const isFocused = (locator: ReturnType<typeof shopper.cashier.getByLabel>) => () =>
    locator.evaluate((element) => element === element.ownerDocument.activeElement && document.hasFocus());

  await tabTo(isFocused(page.getByRole('button', { name: /^Pay €/ })));
  await page.keyboard.press('Enter');
  await expect(shopper.cashier.getByLabel('Card number')).toBeVisible();

  for (const [label, text] of [
    ['Card number', '4242424242424242'],
    ['Expiry date', '1234'],
    ['Security code', '123'],
    ['Name on card', 'Ada Lovelace'],
  ] as const) {
    await tabTo(isFocused(shopper.cashier.getByLabel(label)));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('Paid, and confirmed by the backend.')).toBeVisible();
});
