/** What Kassa's routes answer: never cached, and every refusal in one shape. */
import type { RouteError } from '../../wire/session.ts';

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}

/** A refusal that ends the request: `code` for programs, `message` and `hint` for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    hint: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.headers = headers;
  }

  toResponse(): Response {
    const body: RouteError = { error: { code: this.code, message: this.message, hint: this.hint } };
    return json(body, this.status, this.headers);
  }
}
