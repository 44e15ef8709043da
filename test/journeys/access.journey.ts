/** The demo shop and the sandbox's control page, by WCAG 2.2 AA: what axe finds, and what it does not measure. Issue 15.9. */
import { contrastOf, expectAccessible, lowTargets } from './look.ts';
import { sandboxOf } from './shop.ts';
import { expect, test } from './test.ts';

test.use({ bypassCSP: true, viewport: { width: 390, height: 844 }, hasTouch: true });

const FIELDS = 'input:not([type=checkbox], [type=radio], [type=range]), select';

for (const path of ['/', '/card', '/withdraw', '/playground', '/served', '/_sandbox']) {
  test(`${path}: nothing for axe to find, edges of 3:1, targets of 44 pixels`, async ({ page }) => {
    await page.goto(path === '/_sandbox' ? (await sandboxOf(page)) + path : path);
    await page.waitForLoadState('networkidle');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // The hosted page is measured by itself: in a frame its ground is the shop's, which axe cannot see.
      await expectAccessible(page, [page.mainFrame()]);
      for (const { what, ratio } of await contrastOf(page, FIELDS, 'border')) {
        expect(ratio, `${colorScheme}: ${what}`).toBeGreaterThanOrEqual(3);
      }
    }
    expect(await lowTargets(page.locator('body'))).toEqual([]);
  });
}
