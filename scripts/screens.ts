/** The screens that `npm run screenshots` takes, and how a shopper gets to each. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { createGateway } from 'kassa/server';

export interface Stage {
  readonly shop: string;
  readonly sandbox: string;
}

export interface Look {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly isPhone: boolean;
  readonly colorScheme: 'light' | 'dark';
  /** As Windows has it in high contrast. */
  readonly forcedColors?: 'active';
  /** Taken only when it is named. */
  readonly extra?: true;
}

const PHONE = { viewport: { width: 390, height: 844 }, isPhone: true } as const;
const DESKTOP = { viewport: { width: 1280, height: 800 }, isPhone: false } as const;

export const LOOKS: readonly Look[] = [
  { name: 'phone-light', ...PHONE, colorScheme: 'light' },
  { name: 'phone-dark', ...PHONE, colorScheme: 'dark' },
  { name: 'desktop-light', ...DESKTOP, colorScheme: 'light' },
  { name: 'desktop-dark', ...DESKTOP, colorScheme: 'dark' },
  { name: 'small', viewport: { width: 320, height: 640 }, isPhone: true, colorScheme: 'light', extra: true },
  { name: 'forced', ...PHONE, colorScheme: 'dark', forcedColors: 'active', extra: true },
];

export interface Screen {
  /** The whole page, and not only what fits into the window. */
  readonly whole?: boolean;
  readonly go: (page: Page, stage: Stage) => Promise<void>;
}

/** Taken for the README: what is made, and what it is called there. */
export const README_PICTURES = [
  ['shop-form-desktop-light.png', 'shop-light.png'],
  ['shop-form-desktop-dark.png', 'shop-dark.png'],
] as const;

type Frame = FrameLocator | Page;

const CARDS = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 9995',
  bank: '4111 1111 1111 1111',
  hangs: '4000 0000 0000 3063',
} as const;

const inShop = (page: Page): FrameLocator => page.locator('kassa-cashier').frameLocator('iframe');
const see = (locator: Locator): Promise<void> => locator.first().waitFor();

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
}

async function fill(cashier: Frame, number: string): Promise<void> {
  await cashier.getByLabel('Card number').fill(number);
  await cashier.getByLabel('Expiry date').fill('12 / 34');
  await cashier.getByLabel('Security code').fill('123');
  await cashier.getByLabel('Name on card').fill('Ada Lovelace');
}

async function press(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  await button.page().waitForTimeout(150);
  await button.click();
}

const pressPay = (cashier: Frame): Promise<void> => press(cashier.locator('.button.pay'));

/** The shop's page with its cashier open. */
async function openInShop(page: Page, { shop }: Stage): Promise<FrameLocator> {
  await page.goto(shop);
  await page.getByRole('button', { name: /^Pay / }).click();
  await see(inShop(page).getByLabel('Card number'));
  return inShop(page);
}

async function openInPlayground(page: Page, { shop }: Stage, display: string): Promise<FrameLocator> {
  await page.goto(`${shop}/playground`);
  await see(inShop(page).getByLabel('Card number'));
  await page.getByLabel('display').selectOption(display);
  await page.waitForTimeout(400);
  return inShop(page);
}

let orders = 0;

/** The hosted page alone in its tab. */
async function openAlone(page: Page, { sandbox, shop }: Stage, flow: 'deposit' | 'withdrawal' = 'deposit') {
  orders += 1;
  const gateway = createGateway({
    apiKey: 'dev_kassa_0001',
    baseUrl: `${sandbox}/gateway`,
    signaturePassword: 'spg_test_kassa_0001',
  });
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const order = {
    trackingId: `screens-${process.pid}-${orders}`,
    userId: 'screens',
    amount: '42.50',
    currency: 'EUR',
    ip: '127.0.0.1',
    customer: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', countryCode: 'GB' },
    settings: { return_url: `${shop}/`, shop_name: 'Fika' },
    ...(dark && { theme: 'dark' as const }),
  };
  const { token, cashierUrl } = await (flow === 'withdrawal'
    ? gateway.mintWithdrawal(order)
    : gateway.mintCashier(order));
  await page.goto(`${cashierUrl}?token=${token}&lang=en`);
  await see(page.locator('.button.pay'));
}

const choose = (cashier: Frame, method: string): Promise<void> =>
  cashier.locator('label', { hasText: new RegExp(`^\\s*${method}\\s*$`) }).click();

export const SCREENS: Readonly<Record<string, Screen>> = {
  shop: { go: (page, { shop }) => visit(page, shop), whole: true },
  'shop-form': {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await cashier.getByLabel('Card number').fill(CARDS.pays);
      await cashier.getByLabel('Expiry date').fill('12 / 34');
    },
    whole: true,
  },
  opening: {
    go: async (page, { shop }) => {
      await page.route('**/gateway/cashier?**', () => undefined);
      await page.goto(shop);
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.waitForTimeout(500);
    },
  },
  faults: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await cashier.getByLabel('Card number').fill('4242 4242 4242 4241');
      await cashier.getByLabel('Expiry date').fill('10 / 20');
      await pressPay(cashier);
      await see(cashier.locator('.fault'));
    },
    whole: true,
  },
  processing: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await press(cashier.getByRole('button', { name: 'Slow wallet' }));
      await see(cashier.getByText('Processing your payment…'));
    },
  },
  challenge: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await fill(cashier, CARDS.bank);
      await pressPay(cashier);
      await see(cashier.frameLocator('iframe').locator('#code'));
    },
    whole: true,
  },
  confirming: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await fill(cashier, CARDS.bank);
      await pressPay(cashier);
      const bank = cashier.frameLocator('iframe');
      await page.route('**/gateway/cashier/payment', () => undefined);
      await bank.locator('#code').fill('1234');
      await bank.getByRole('button', { name: 'Confirm' }).press('Enter');
      await page.waitForTimeout(600);
    },
  },
  paid: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await fill(cashier, CARDS.pays);
      await pressPay(cashier);
      await see(cashier.getByText('Confirmed by the shop'));
    },
    whole: true,
  },
  declined: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await fill(cashier, CARDS.declined);
      await pressPay(cashier);
      await see(cashier.getByText('Insufficient funds'));
      await page.waitForTimeout(400);
    },
    whole: true,
  },
  'lost-connection': {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await fill(cashier, CARDS.pays);
      await page.route('**/gateway/cashier/pay*', (route) => route.abort('connectionreset'));
      await pressPay(cashier);
      await page.waitForTimeout(1500);
    },
    whole: true,
  },
  transfer: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await choose(cashier, 'Bank transfer');
      await pressPay(cashier);
      await see(cashier.getByText('IBAN'));
    },
    whole: true,
  },
  crypto: {
    go: async (page, stage) => {
      const cashier = await openInShop(page, stage);
      await choose(cashier, 'Crypto');
      await pressPay(cashier);
      await see(cashier.getByText('Address', { exact: true }));
    },
    whole: true,
  },
  modal: {
    go: async (page, stage) => {
      await fill(await openInPlayground(page, stage, 'modal'), CARDS.pays);
    },
  },
  leaving: {
    go: async (page, stage) => {
      await fill(await openInPlayground(page, stage, 'modal'), CARDS.pays);
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await see(page.getByText('Leave', { exact: false }));
    },
  },
  flooded: {
    go: async (page, stage) => {
      await openInPlayground(page, stage, 'inline');
      const hosted = page.frames().find((frame) => frame.url().includes('/gateway/cashier'));
      await hosted?.evaluate(() => {
        for (let times = 0; times < 10_000; times += 1) parent.postMessage('too much', '*');
      });
      await see(page.getByRole('alert'));
    },
    whole: true,
  },
  popover: {
    go: async (page, stage) => {
      await openInPlayground(page, stage, 'popover');
    },
  },
  unreachable: {
    go: async (page, { shop }) => {
      await page.route('**/gateway/cashier?**', (route) => route.abort('connectionrefused'));
      await page.goto(`${shop}/playground`);
      await page.getByLabel('timeout-ms').fill('1000');
      await page.getByRole('button', { name: 'Start again' }).click();
      await see(page.getByRole('alert'));
    },
  },
  alone: { go: (page, stage) => openAlone(page, stage), whole: true },
  'alone-paid': {
    go: async (page, stage) => {
      await openAlone(page, stage);
      await fill(page, CARDS.pays);
      await page.locator('#amount').fill('42.50');
      await pressPay(page);
      await see(page.getByText('Payment successful'));
    },
  },
  'alone-challenge': {
    go: async (page, stage) => {
      await openAlone(page, stage);
      await fill(page, CARDS.bank);
      await pressPay(page);
      await see(page.frameLocator('iframe').locator('#code'));
    },
  },
  'alone-withdrawal': { go: (page, stage) => openAlone(page, stage, 'withdrawal') },
  expired: {
    go: (page, { sandbox }) => visit(page, `${sandbox}/gateway/cashier?token=none&lang=en`),
  },
  'challenge-unknown': {
    go: (page, { sandbox }) => visit(page, `${sandbox}/gateway/3ds/none`),
  },
  card: { go: (page, { shop }) => visit(page, `${shop}/card`), whole: true },
  'card-challenge': {
    go: async (page, { shop }) => {
      await page.goto(`${shop}/card`);
      await page.getByLabel('Card number').fill(CARDS.bank);
      await page.getByLabel('Expiry').fill('12/2034');
      await page.getByLabel('Security code').fill('123');
      await page.getByLabel('Name').fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Pay' }).click();
      await see(inShop(page).locator('#code'));
    },
  },
  return: {
    go: async (page, { shop, sandbox }) => {
      // Its cookie makes it an order of its own.
      await page.goto(`${shop}/card`);
      const charged = await page.request.post(`${shop}/charge`, {
        data: { number: CARDS.bank, expiry: '12/2034', cvc: '123', holderName: 'Ada Lovelace' },
      });
      const { url } = (await charged.json()) as { url: string };
      if (!url.startsWith(sandbox)) throw new Error(`No challenge: ${url}`);
      await page.goto(url);
      await page.locator('#code').fill('1234');
      await page.locator('button').first().click();
      await page.waitForTimeout(2500);
    },
  },
  withdraw: {
    go: async (page, { shop }) => {
      await page.goto(`${shop}/withdraw`);
      await see(inShop(page).getByLabel('IBAN'));
    },
    whole: true,
  },
  served: {
    go: async (page, { shop }) => {
      await page.goto(`${shop}/served`);
      await see(page.frameLocator('iframe').getByLabel('Card number'));
    },
    whole: true,
  },
  playground: {
    go: async (page, { shop }) => {
      await page.goto(`${shop}/playground`);
      await see(inShop(page).getByLabel('Card number'));
      await page.waitForTimeout(500);
    },
    whole: true,
  },
  control: {
    go: async (page, { sandbox }) => {
      await page.goto(`${sandbox}/_sandbox`);
      await see(page.getByRole('heading', { name: 'Providers' }));
    },
    whole: true,
  },
};
