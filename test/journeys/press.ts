/**
 * Presses inside a frame of another site. Right after a scroll or a resize of such a frame the browser still takes it for
 * where it was, and what is pressed goes to the page around it (measured: 5 of 6). So a press is made again, but only when
 * the frame provably never had it: the driver's answer to a click comes after whatever was hit has handled it.
 */
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses a button, once. */
export async function press(button: Locator): Promise<void> {
  const clicks = await button.evaluateHandle((it) => {
    const heard = { any: false, its: false };
    const hear = (event: Event): void => {
      heard.any = true;
      heard.its ||= event.composedPath().includes(it);
    };
    it.ownerDocument.addEventListener('click', hear, { capture: true });
    // One that was drawn anew meanwhile is not this one, but any click may have been meant for it.
    return { wasPressed: () => heard.its || (heard.any && !it.isConnected) };
  });
  do {
    await pointAt(button);
    await button.click();
  } while (!(await clicks.evaluate(({ wasPressed }) => wasPressed()).catch(isGone)));
}

/** Chooses a radio button or a checkbox. */
export async function check(control: Locator): Promise<void> {
  await press(control);
  await expect(control).toBeChecked();
}

/** Only down, and not awaited: a frame that would answer may be gone before the key comes up again. */
export function pressEscape(page: Page): void {
  page.keyboard.down('Escape').catch(() => undefined);
}

/** What was pressed has taken its page away, or led it elsewhere. */
const isGone = (): boolean => true;

/** Until the browser itself takes the pointer for being over it. */
async function pointAt(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await expect
    .poll(async () => {
      await button.hover();
      return button.evaluate((it) => it.matches(':hover'));
    })
    .toBe(true);
}
