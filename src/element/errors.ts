import { KassaError } from '../model/errors.ts';

/** Everything that can go wrong in the element, with what to do about it. `retryable` shows "Try again". */
const ERRORS = {
  'session-failed': {
    message: 'The shop’s session route gave no session.',
    hint: 'Look at the answer of session-url in the network panel; createKassa logs the cause through onError.',
    retryable: true,
  },
  'token-expired': {
    message: 'The cashier’s token has expired.',
    hint: 'A fresh session is fetched by itself, unless kassa-expiring was prevented.',
    retryable: true,
  },
  'frame-timeout': {
    message: 'The hosted cashier page did not answer in time.',
    hint: 'Check that cashierUrl opens in a tab of its own, and that its page allows this origin to frame it (frame-ancestors).',
    retryable: true,
  },
  'frame-refused': {
    message: 'The hosted cashier page may not be shown here.',
    hint: 'The cashier must live on another origin than the shop’s page: its frame would have no sandbox otherwise.',
    retryable: false,
  },
  'csp-blocked': {
    message: 'The page’s Content-Security-Policy blocks the cashier.',
    hint: 'Add the origin of cashierUrl to frame-src.',
    retryable: false,
  },
  'protocol-mismatch': {
    message: 'The hosted page speaks no version of the protocol that this element knows.',
    hint: 'Update whichever of the two is older; the payment still works, without resizing and live theme.',
    retryable: false,
  },
  'popup-blocked': {
    message: 'The browser blocked the window of the bank.',
    hint: 'Let the shopper press a button; a popup needs a gesture.',
    retryable: true,
  },
  'challenge-timeout': {
    message: 'The bank’s page did not finish in time.',
    hint: 'The outcome comes from the backend; nothing has to be paid again.',
    retryable: true,
  },
  'status-unreachable': {
    message: 'The shop’s status route cannot be reached.',
    hint: 'Check statusUrl. Until it answers, nothing is reported as verified.',
    retryable: true,
  },
  'unsafe-url': {
    message: 'A URL of the session is not safe to open.',
    hint: 'Use https; http is taken for this machine only (localhost, 127.0.0.1).',
    retryable: false,
  },
  'insecure-context': {
    message: 'The page is not a secure context.',
    hint: 'Serve the page over https, or from localhost.',
    retryable: false,
  },
} as const;

export type CashierErrorCode = keyof typeof ERRORS;
export const CASHIER_ERROR_CODES = Object.keys(ERRORS) as readonly CashierErrorCode[];

/** What `kassa-error` carries. Branch on `code`; `hint` is for developers, never for shoppers. */
export class CashierError extends KassaError<CashierErrorCode> {
  static of(
    code: CashierErrorCode,
    more: { readonly message?: string; readonly hint?: string } = {},
  ): CashierError {
    return new CashierError({ code, ...ERRORS[code], ...more });
  }
}
