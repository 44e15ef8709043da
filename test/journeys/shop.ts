/** What a shopper does and sees in the demo shop, in the words of the journeys. */
import { expect, type FrameLocator, type Page } from '@playwright/test';
import { press } from './press.ts';

export const CARDS = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
} as const;

export async function fillCard(cashier: FrameLocator, number: string): Promise<void> {
  await cashier.getByLabel('Card number').fill(number);
  await cashier.getByLabel('Expiry date').fill('12 / 34');
  await cashier.getByLabel('Security code').fill('123');
  await cashier.getByLabel('Name on card').fill('Ada Lovelace');
}

export const pressPay = (cashier: FrameLocator): Promise<void> =>
  press(cashier.getByRole('button', { name: /^Pay / }));

/** The origin of the shop's sandbox: where its sessions' hosted page is. */
export async function sandboxOf(page: Page): Promise<string> {
  const answer = await page.request.get('/kassa/session');
  return new URL(((await answer.json()) as { cashierUrl: string }).cashierUrl).origin;
}

export class Shopper {
  readonly page: Page;
  readonly cashier: FrameLocator;

  constructor(page: Page) {
    this.page = page;
    this.cashier = page.locator('kassa-cashier').frameLocator('iframe');
  }

  /** One whose cashier is open. */
  static async atCashier(page: Page, item = /House espresso/): Promise<Shopper> {
    const shopper = new Shopper(page);
    await shopper.choose(item);
    await shopper.openCashier();
    return shopper;
  }

  async choose(item: RegExp): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('radio', { name: item }).check();
  }

  /** Presses the shop's own button and waits until the hosted page can be used. */
  async openCashier(): Promise<void> {
    const before = await this.log('events', 'kassa-ready').count();
    await this.page.getByRole('button', { name: /^Pay €/ }).click();
    await expect(this.cashier.getByLabel('Card number')).toBeVisible();
    await expect(this.log('events', 'kassa-ready')).toHaveCount(before + 1);
  }

  fillCard(number: string): Promise<void> {
    return fillCard(this.cashier, number);
  }

  async pay(number: string): Promise<void> {
    await this.fillCard(number);
    await pressPay(this.cashier);
  }

  /** The entries of one of the page's two logs, newest first. */
  log(list: 'events' | 'webhooks', title: string | RegExp) {
    return this.page.locator(`#${list} li`).filter({ has: this.page.locator('code', { hasText: title }) });
  }
}
