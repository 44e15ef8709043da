import { KassaError } from '../model/errors.ts';
import type { RouteError } from '../wire/session.ts';

/** What "Try again" cannot help. */
const LASTING = [
  'frame-refused',
  'csp-blocked',
  'protocol-mismatch',
  'unsafe-url',
  'insecure-context',
] as const;

/** Everything that can go wrong in the element. */
export type CashierErrorCode =
  | (typeof LASTING)[number]
  | 'session-failed'
  | 'token-expired'
  | 'frame-timeout'
  | 'frame-flood'
  | 'came-back'
  | 'panel-hidden'
  | 'popup-blocked'
  | 'challenge-timeout'
  | 'status-unreachable';

/** What `kassa-error` carries. Branch on `code`; `message` and `hint` are for developers, never for shoppers. */
export class CashierError extends KassaError<CashierErrorCode> {
  /** Without a message or a hint, `explained` adds them, from the cause if there is one, before anybody sees the error. */
  static of(
    code: CashierErrorCode,
    {
      message = '',
      hint = '',
      cause,
    }: { readonly message?: string; readonly hint?: string; readonly cause?: unknown } = {},
  ): CashierError {
    return new CashierError({ code, message, hint, cause, retryable: !LASTING.some((it) => it === code) });
  }
}

/** The cause of a `session-failed` where the route refused: what it is explained from. */
export interface RefusedSession {
  readonly url: string;
  readonly status: number;
  readonly body: Partial<RouteError>;
}
