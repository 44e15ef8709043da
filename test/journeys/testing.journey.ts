/** `kassa/testing`, as the Playwright tests of a shop use it. */
import { CARDS, cashierOn } from 'kassa/testing';
import { PATIENCE_MS } from '../patience.ts';
import { expect, test } from './test.ts';

for (const [card, kind, reason] of [
  [CARDS.pays, 'succeeded', undefined],
  [CARDS.declined, 'failed', 'Card declined'],
  [CARDS.challenge, 'succeeded', undefined],
] as const) {
  test(`a shopper of a shop’s own tests, with ${card}: ${kind}`, async ({ page }) => {
    await page.goto('/plain.html');
    const outcome = await cashierOn(page, { timeoutMs: PATIENCE_MS }).pay(card);
    expect(outcome).toMatchObject({ kind, verified: true, ...(reason && { reason }) });
  });
}

test('in a modal, and in another language', async ({ page }) => {
  await page.goto('/strict.html');
  await page.locator('kassa-cashier').evaluate((tag) => tag.setAttribute('lang', 'ja'));
  const cashier = cashierOn(page, { timeoutMs: PATIENCE_MS });
  await cashier.open();
  expect(await cashier.pay({ number: CARDS.pays, name: '山田 太郎' })).toMatchObject({ kind: 'succeeded' });
});

test('what does not end is said with the state of the tag', async ({ page }) => {
  await page.goto('/plain.html');
  const cashier = cashierOn(page, { timeoutMs: 1_000 });
  await cashier.fill(CARDS.challengeHangs);
  await cashier.submit();
  await expect(cashier.outcome()).rejects.toThrow(/no outcome after 1 s; its state is "\w+"/);
});
