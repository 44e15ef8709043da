/** `kassa/testing`: for the tests of a shop, in the browser, of its backend and of its pages. */
export {
  type CardDetails,
  cashierOn,
  type CashierOnPage,
  type CashierOptions,
  type PlaywrightPage,
} from './cashier-page.ts';
export { defineFakeCashier, fakeCashier, type FakeCashier } from './fake-cashier.ts';
export { startSandbox, type TestSandbox, type TestSandboxOptions } from './sandbox.ts';
export { type SendOptions, sendWebhook, type TestWebhook, webhookBody, webhookRequest } from './webhook.ts';
export { CARDS, type TestCardName, type TestCardNumber } from '../model/test-cards.ts';
