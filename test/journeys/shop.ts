/** What a shopper does and sees in the demo shop, in the words of the journeys. */
import { expect, type FrameLocator, type Page } from '@playwright/test';

export const CARDS = {
  pays: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
} as const;

export class Shopper {
  readonly page: Page;
  readonly cashier: FrameLocator;

  constructor(page: Page) {
    this.page = page;
    this.cashier = page.locator('kassa-cashier').frameLocator('iframe');
  }

  async choose(item: RegExp): Promise<void> {
    await this.page.goto('/');
    await this.page.getByRole('radio', { name: item }).check();
  }

  /** Presses the shop's own button and waits until the hosted page can be used. */
  async openCashier(): Promise<void> {
    await this.page.getByRole('button', { name: /^Pay €/ }).click();
    await expect(this.cashier.getByLabel('Card number')).toBeVisible();
    // Until then the frame may still grow, and a click that was aimed before it grows lands beside the button.
    await expect(this.log('events', 'kassa-ready')).toHaveCount(1);
  }

  async fillCard(number: string): Promise<void> {
    await this.cashier.getByLabel('Card number').fill(number);
    await this.cashier.getByLabel('Expiry date').fill('12 / 34');
    await this.cashier.getByLabel('Security code').fill('123');
    await this.cashier.getByLabel('Name on card').fill('Ada Lovelace');
  }

  async pay(number: string): Promise<void> {
    await this.fillCard(number);
    await this.cashier.getByRole('button', { name: /^Pay / }).click();
  }

  /** The entries of one of the page's two logs, newest first. */
  log(list: 'events' | 'webhooks', title: string | RegExp) {
    return this.page.locator(`#${list} li`).filter({ has: this.page.locator('code', { hasText: title }) });
  }
}
