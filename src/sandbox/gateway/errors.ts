/** How the gateway refuses: a numeric code in an HTTP 400, or a 422 with paths for what no code covers. */
import type * as z from 'zod';
import { GATEWAY_CODES, type GatewayCode } from '../../model/gateway/codes.ts';

/** One of the twelve documented codes. */
export class GatewayRefusal extends Error {
  readonly code: GatewayCode;

  constructor(code: GatewayCode) {
    super(GATEWAY_CODES[code].text);
    this.code = code;
  }

  toResponse(): Response {
    return Response.json({ code: this.code, message: this.message }, { status: 400 });
  }
}

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** A 4xx, but not a 400, so that it cannot be mistaken for a coded refusal. */
export class InvalidFields extends Error {
  readonly errors: readonly FieldFault[];

  constructor(errors: readonly FieldFault[]) {
    super('The request has invalid fields');
    this.errors = errors;
  }

  static of(error: z.ZodError): InvalidFields {
    return new InvalidFields(error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
  }

  toResponse(): Response {
    return Response.json({ message: this.message, errors: this.errors }, { status: 422 });
  }
}
