/** The hosted pages by themselves, as a shopper who was redirected sees them. */
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';
import { LANGUAGES } from '../../src/model/languages.ts';
import { loadWords } from '../../src/sandbox/pages/words/load.ts';
import type { RunningSandbox } from '../../src/sandbox/listen.ts';
import { gatewayOf, order } from '../sandbox/running.ts';
import { contrastOf, expectAccessible } from './look.ts';

let orders = 0;

async function open(
  page: Page,
  sandbox: RunningSandbox,
  more: { readonly lang?: string; readonly theme?: 'dark'; readonly settings?: Record<string, unknown> } = {},
): Promise<string> {
  orders += 1;
  const { lang = 'en', ...rest } = more;
  // Ends with a dot of its own: the page's text runs on into the next column's.
  const trackingId = `hosted-${process.pid}-${orders}.`;
  const { token, cashierUrl } = await gatewayOf(sandbox).mintCashier({ ...order(trackingId), ...rest });
  await page.goto(`${cashierUrl}?token=${token}&lang=${lang}`);
  await expect(page.locator('.button.pay')).toBeVisible();
  return trackingId;
}

async function openWithdrawal(page: Page, sandbox: RunningSandbox): Promise<string> {
  orders += 1;
  const { maxDepositLimit: _dropped, ...customer } = order('x').customer;
  const trackingId = `payout-${process.pid}-${orders}.`;
  const { token, cashierUrl } = await gatewayOf(sandbox).mintWithdrawal({ ...order(trackingId), customer });
  await page.goto(`${cashierUrl}?token=${token}`);
  return trackingId;
}

async function payByCard(page: Page, number: string): Promise<void> {
  await page.locator('#card-number').fill(number);
  await page.locator('#card-expiry').fill('1234');
  await page.locator('#card-cvc').fill('123');
  await page.locator('#card-holderName').fill('Ada Lovelace');
  await page.locator('.button.pay').click();
}

test.use({ bypassCSP: true });

for (const theme of ['light', 'dark'] as const) {
  for (const size of ['phone', 'desktop'] as const) {
    test.describe(`${theme}, ${size}`, () => {
      test.use({ viewport: size === 'phone' ? { width: 360, height: 740 } : { width: 1200, height: 900 } });
      const look = theme === 'dark' ? { theme } : {};

      // Issue 15.9, WCAG 2.2 1.4.3 and 1.4.11, measured
      test('what can be typed into or chosen has an edge of 3:1, and placeholders can be read', async ({
        page,
        sandbox,
      }) => {
        await open(page, sandbox, look);
        const edges = await contrastOf(page, '.control, .choice, .chip, .button.wallet', 'border');
        const placeholders = await contrastOf(page, '.control input', 'placeholder');
        const texts = await contrastOf(page, '.hint, .secure span, .or, label, summary, .total span', 'text');
        expect(edges.length).toBeGreaterThan(10);
        for (const edge of edges) expect(edge.ratio, edge.what).toBeGreaterThanOrEqual(3);
        for (const text of [...placeholders, ...texts])
          expect(text.ratio, text.what).toBeGreaterThanOrEqual(4.5);
        const least = (all: readonly { ratio: number }[]) => Math.min(...all.map(({ ratio }) => ratio));
        console.log(
          `${theme}: edges ${least(edges)}, placeholders ${least(placeholders)}, texts ${least(texts)}`,
        );
        await page.goto(`${sandbox.url}/_sandbox`);
        await expect(page.getByRole('heading', { name: 'Providers' })).toBeVisible();
        const fields = await contrastOf(page, 'form input:not([type=checkbox]), select, button', 'border');
        for (const edge of fields.filter(({ what }) => !what.includes('.button'))) {
          expect(edge.ratio, edge.what).toBeGreaterThanOrEqual(3);
        }
      });

      // G-06, G-32
      test('form, faults, waiting, result: accessible, and nothing sticks out', async ({ page, sandbox }) => {
        await open(page, sandbox, look);
        await expectAccessible(page);
        await page.locator('summary').click();
        await page.locator('.button.pay').click();
        await expect(page.locator('[aria-invalid=true]').first()).toBeFocused();
        await expectAccessible(page);
        await payByCard(page, '4000 0000 0000 0002');
        await expect(page.getByRole('heading', { name: 'Payment declined' })).toBeVisible();
        await expect(page.getByLabel('Card number')).toBeFocused();
        await expectAccessible(page);
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(sideways).toBe(0);
        const ground = await page.locator('.page').evaluate((it) => getComputedStyle(it).backgroundColor);
        expect(ground).toBe(theme === 'dark' ? 'rgb(15, 17, 21)' : 'rgb(244, 245, 247)');
      });
    });
  }
}

for (const language of LANGUAGES) {
  test(`in ${language}: words, direction and amounts`, async ({ page, sandbox }) => {
    const words = await loadWords(language);
    await open(page, sandbox, { lang: language });
    await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
    await expect(page.getByText(words.howToPay)).toBeVisible();
    await expectAccessible(page);
    await payByCard(page, '4000 0000 0000 9995');
    await expect(page.getByRole('heading', { name: words.declined })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText(
      words.reasons['Insufficient funds'] ?? 'Insufficient funds',
    );
  });
}

test('a declined shopper has the form as it was, and another card pays', async ({ page, sandbox }) => {
  await open(page, sandbox);
  await payByCard(page, '4000 0000 0000 0002');
  await expect(page.getByRole('alert')).toContainText('Card declined. You were not charged.');
  await expect(page.locator('#card-number')).toHaveValue('4000 0000 0000 0002');
  await expect(page.locator('#card-holderName')).toHaveValue('Ada Lovelace');
  await payByCard(page, '4242 4242 4242 4242');
  await expect(page.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
});

// T44
test('the token leaves the address, and a reload still finds it', async ({ page, sandbox }) => {
  await open(page, sandbox);
  expect(page.url()).not.toContain('token');
  await page.reload();
  await expect(page.locator('.button.pay')).toBeVisible();
});

test('a link that is not valid says nothing about money that it cannot know, in the theme of its reader', async ({
  page,
  sandbox,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${sandbox.url}/gateway/cashier?token=spent-and-forgotten&lang=en`);
  await expect(page.getByRole('heading', { name: 'This payment link is not valid' })).toBeVisible();
  await expect(page.getByText('see how your order stands before you pay again')).toBeVisible();
  await expect(page.locator('body')).not.toContainText(/charged/i);
  const ground = await page.locator('.page').evaluate((it) => getComputedStyle(it).backgroundColor);
  expect(ground).toBe('rgb(15, 17, 21)');
  await expectAccessible(page);
});

test.describe('3-D Secure', () => {
  const bank = (page: Page) => page.frameLocator('iframe');

  // G-11
  test('a wrong code, then the right one, pays', async ({ page, sandbox }) => {
    await open(page, sandbox);
    await payByCard(page, '4111 1111 1111 1111');
    await expect(page.getByRole('heading', { name: 'Confirm with your bank' })).toBeVisible();
    await bank(page).getByLabel('Code from your bank').fill('9999');
    await bank(page).getByRole('button', { name: 'Confirm' }).click();
    await expect(bank(page).getByRole('alert')).toContainText('not the code');
    await expectAccessible(page);
    await bank(page).getByLabel('Code from your bank').fill('1234');
    await bank(page).getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
  });

  for (const [number, action, reason] of [
    ['4111 1111 1111 1111', 'Cancel payment', '3-D Secure cancelled'],
    ['4000 0000 0000 3220', 'Confirm', '3-D Secure failed'],
    ['4000 0000 0000 3063', 'Cancel payment', '3-D Secure cancelled'],
  ] as const) {
    test(`${number}, "${action}": ${reason}`, async ({ page, sandbox }) => {
      await open(page, sandbox);
      await payByCard(page, number);
      await bank(page).getByRole('button', { name: action }).click();
      await expect(page.getByText(reason)).toBeVisible();
    });
  }
});

// Issue 15.11
test('a reload in the middle of 3-D Secure is the bank’s page again, and the payment goes on', async ({
  page,
  sandbox,
}) => {
  const trackingId = await open(page, sandbox);
  await payByCard(page, '4111 1111 1111 1111');
  const code = page.frameLocator('iframe').getByLabel('Code from your bank');
  await expect(code).toBeVisible();
  // The bank's page stands right below what is above it, and not under an empty screen.
  const top = (await page.locator('section.challenge').boundingBox())?.y ?? 0;
  expect(top).toBeLessThan(200);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Confirm with your bank' })).toBeVisible();
  await code.fill('1234');
  await page.frameLocator('iframe').getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Payment successful' })).toBeVisible();
  // What was pressed is at the end of a long form; what it led to is seen without scrolling.
  await expect(page.getByRole('heading', { name: 'Payment successful' })).toBeInViewport();
  const { transactions } = (await (await fetch(`${sandbox.url}/_sandbox/state`)).json()) as {
    readonly transactions: readonly { readonly trackingId: string }[];
  };
  expect(transactions.filter((one) => one.trackingId === trackingId)).toHaveLength(1);
});

test.describe('other ways to pay', () => {
  for (const [provider, heading] of [
    ['Wallet', 'Payment successful'],
    ['Wallet that declines', 'Payment declined'],
  ] as const) {
    test(`${provider}, with its own button`, async ({ page, sandbox }) => {
      await open(page, sandbox);
      await page.getByRole('button', { name: provider, exact: true }).click();
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    });
  }
  for (const [provider, heading] of [
    ['Bank transfer', 'Waiting for your transfer'],
    ['Crypto', 'Waiting for your transfer'],
    ['USDC (Ethereum)', 'Waiting for your transfer'],
  ] as const) {
    test(provider, async ({ page, sandbox }) => {
      await open(page, sandbox);
      await page.getByRole('radio', { name: provider, exact: true }).check();
      await expect(page.locator('#card-number')).toHaveCount(0);
      await page.locator('.button.pay').click();
      await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    });
  }

  // G-05, G-08
  test('quick amounts, and the limit', async ({ page, sandbox }) => {
    await open(page, sandbox);
    await page.getByRole('button', { name: '€50.00' }).click();
    await expect(page.getByRole('button', { name: 'Pay €50.00' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Amount' }).fill('1000.01');
    await page.locator('.button.pay').click();
    await expect(page.locator('#amount-fault')).toHaveText('This is more than your limit.');
  });
});

// G-12, G-13, G-14
test('a withdrawal is asked for, approved on the control page, and paid out', async ({
  page,
  sandbox,
  context,
}) => {
  await openWithdrawal(page, sandbox);
  await page.getByLabel('Account holder').fill('Ada Lovelace');
  await page.getByLabel('IBAN').fill('DE89370400440532013000');
  await page.getByRole('button', { name: 'Withdraw €10.05' }).click();
  await expect(page.getByRole('heading', { name: 'Withdrawal requested' })).toBeVisible();
  await expectAccessible(page);

  const office = await context.newPage();
  await office.goto(`${sandbox.url}/_sandbox`);
  await office.getByRole('button', { name: 'Approve' }).first().click();
  await expect(page.getByRole('heading', { name: 'Withdrawal sent' })).toBeVisible();
});

test('the control page: what happened, the clock, deliveries, faults, reset', async ({
  page,
  sandbox,
  context,
}) => {
  // Without the webhooks of all the tests before, which hours of retries would send.
  await sandbox.reset();
  const shopper = await context.newPage();
  const trackingId = await open(shopper, sandbox);
  await payByCard(shopper, '4242 4242 4242 4242');
  await expect(shopper.getByRole('heading', { name: 'Payment successful' })).toBeVisible();

  await page.goto(`${sandbox.url}/_sandbox`);
  const row = page.getByRole('row').filter({ hasText: trackingId });
  await expect(row).toContainText('successful');
  await expect(row).toContainText('424242…4242');
  await expectAccessible(page);

  const gatewayId = (await row.locator('code').last().textContent()) ?? '';
  const delivery = page.locator('.delivery').filter({ hasText: gatewayId }).first();
  await expect(delivery).toContainText('successful');
  await expect(delivery).toContainText(/queued[^]*1\s+attempt\b/);
  await page.getByRole('button', { name: '+5 min' }).click();
  await expect(delivery).toContainText('2 attempts');
  await page.getByRole('button', { name: '+75 min' }).click();
  await expect(delivery).toContainText('dead');
  await delivery.locator('summary').click();
  await expect(delivery).toContainText('x-signature');
  await delivery.getByRole('button', { name: 'Send again' }).click();
  await expect(delivery).toContainText('queued');

  await page.getByRole('button', { name: 'Arm' }).click();
  const armed = page.getByText('Armed: 500 on /api/v1/cashier');
  await expect(armed).toBeVisible();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(armed).toBeHidden();
  await expect(row).toBeHidden();
});
