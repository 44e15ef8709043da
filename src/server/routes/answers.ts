/** What Kassa's routes answer: never cached, and every refusal in one shape. */
import type { OpenPayment, RouteError } from '../../wire/session.ts';

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}

export interface MoreToSay {
  readonly headers?: Readonly<Record<string, string>>;
  /** What the page follows instead. */
  readonly payment?: OpenPayment;
  /** The shop can mend it, so `onError` hears of it too. */
  readonly isForShop?: boolean;
  /** What `onError` hears in its place; the client does not. */
  readonly cause?: unknown;
}

/** A refusal that ends the request: `code` for programs, `message` and `hint` for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly #more: MoreToSay;

  constructor(status: number, code: string, message: string, hint: string, more: MoreToSay = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.#more = more;
  }

  /** For `onError`; nothing, where the client alone can mend it. */
  get forShop(): unknown {
    return this.cause ?? (this.#more.isForShop ? this : undefined);
  }

  toResponse(): Response {
    const { headers, payment } = this.#more;
    const body: RouteError = {
      error: { code: this.code, message: this.message, hint: this.hint },
      ...(payment && { payment }),
    };
    return json(body, this.status, headers);
  }
}
