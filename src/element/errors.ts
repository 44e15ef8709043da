import { KassaError } from '../model/errors.ts';

/** Everything that can go wrong in the element, and whether "Try again" can help. */
const RETRYABLE = {
  'session-failed': true,
  'token-expired': true,
  'frame-timeout': true,
  'frame-refused': false,
  'csp-blocked': false,
  'protocol-mismatch': false,
  'popup-blocked': true,
  'challenge-timeout': true,
  'status-unreachable': true,
  'unsafe-url': false,
  'insecure-context': false,
} as const;

export type CashierErrorCode = keyof typeof RETRYABLE;
export const CASHIER_ERROR_CODES = Object.keys(RETRYABLE) as readonly CashierErrorCode[];

/** What `kassa-error` carries. Branch on `code`; `message` and `hint` are for developers, never for shoppers. */
export class CashierError extends KassaError<CashierErrorCode> {
  /** Without a message or a hint, `explained` adds them before anybody sees the error. */
  static of(
    code: CashierErrorCode,
    { message = '', hint = '' }: { readonly message?: string; readonly hint?: string } = {},
  ): CashierError {
    return new CashierError({ code, message, hint, retryable: RETRYABLE[code] });
  }
}
