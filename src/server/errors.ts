/** What can go wrong when a backend talks to a payment system. Branch on `kind` and `code`, never on a message. */
import { KassaError } from '../model/errors.ts';

export type ApiErrorKind =
  /** The key is missing, unknown or expired. */
  | 'auth'
  /** The account or the portal is set up wrong: credentials, provider, webhook URL. */
  | 'config'
  /** The request is at fault; the same again fails again. */
  | 'request'
  | 'not-found'
  /** The transaction is in a state that forbids the operation. */
  | 'state'
  | 'blocked'
  /** The system is at fault, or asks to try later. */
  | 'transient'
  /** No answer arrived: whether the operation happened is unknown. */
  | 'network'
  | 'timeout'
  /** An answer arrived that nobody can read. */
  | 'invalid-response';

/**
 * A request in outline, for the system's support: which fields were sent, with the values of those that are neither
 * secret nor personal. A card number keeps its last four digits; all else is the type of what was there.
 */
export interface RequestOutline {
  readonly query: Readonly<Record<string, unknown>>;
  /** `undefined` for a request without a body. */
  readonly body: unknown;
}

export interface ApiErrorInit {
  readonly system: 'gateway' | 'nixo' | 'nxos';
  readonly operation: string;
  readonly method: string;
  /** Path without query: never a token, never a key. */
  readonly path: string;
  readonly request: RequestOutline;
  readonly kind: ApiErrorKind;
  /** The system's own code, where it gave one. */
  readonly code?: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly detail: string;
  readonly hint: string;
  readonly retryable: boolean;
  /** Epoch milliseconds of the request, for the system's support. */
  readonly at: number;
  /** The system asked to wait for so long. */
  readonly retryAfterMs?: number | undefined;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly cause?: unknown;
}

/** A refusal or a failure of one call: who, what, and what next. */
export class ApiError extends KassaError {
  readonly system: ApiErrorInit['system'];
  readonly operation: string;
  readonly method: string;
  /** Below the system's address, without query. */
  readonly path: string;
  readonly request: RequestOutline;
  readonly kind: ApiErrorKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Epoch milliseconds of the request. */
  readonly at: number;
  /** Which fields were refused, where the system said so. */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  /** How long the system asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Marks the class across realms and duplicated packages, where `instanceof` fails. */
  readonly isKassaApiError = true;

  constructor(init: ApiErrorInit) {
    const { system, operation, method, path, status, detail, hint, retryable, cause } = init;
    super({
      code: init.code ?? init.kind,
      message: `${method} ${path} (${system} ${operation}): ${detail}${status > 0 ? ` [HTTP ${status}]` : ''}`,
      hint,
      retryable,
      cause,
    });
    this.system = system;
    this.operation = operation;
    this.method = method;
    this.path = path;
    this.request = init.request;
    this.kind = init.kind;
    this.status = status;
    this.at = init.at;
    this.fields = init.fields ?? [];
    this.retryAfterMs = init.retryAfterMs;
  }
}

export function isApiError(error: unknown): error is ApiError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'isKassaApiError' in error &&
    error.isKassaApiError === true
  );
}

/** A value that a caller handed to Kassa is unusable; nothing was sent. */
export class InputError extends KassaError<'invalid-input'> {
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(operation: string, fields: readonly { readonly path: string; readonly message: string }[]) {
    super({
      code: 'invalid-input',
      message: `${operation}: ${fields.map(({ path, message }) => `${path || 'input'}: ${message}`).join('; ')}`,
      hint: 'Nothing was sent. Correct the named fields and call again.',
      retryable: false,
    });
    this.fields = fields;
  }
}

export type WebhookErrorCode =
  | 'missing-signature'
  | 'wrong-signature'
  | 'too-old'
  | 'already-parsed'
  | 'invalid-payload'
  | 'missing-secret'
  | 'too-slow';

const WEBHOOK_STATUS = {
  'missing-signature': 401,
  'wrong-signature': 401,
  'too-old': 401,
  'already-parsed': 500,
  'invalid-payload': 400,
  'missing-secret': 500,
  'too-slow': 408,
} as const satisfies Readonly<Record<WebhookErrorCode, number>>;

/** A webhook that must not be believed. Answer it with `status`. */
export class WebhookError extends KassaError<WebhookErrorCode> {
  /** 401 for what is not signed by its sender, 400 and 408 for what cannot be read, 500 for a fault of the receiver. */
  get status(): 400 | 401 | 408 | 500 {
    return WEBHOOK_STATUS[this.code];
  }
}
