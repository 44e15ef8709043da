/** How Nixo refuses: a code, a sentence, and the field where there is one. */
import type * as z from 'zod';
import { NIXO_CODES, type NixoErrorCode } from '../../model/nixo/codes.ts';
import { KeyInFlight, KeyInUse } from '../idempotency/idempotency.ts';
import { MalformedBody } from '../json-body.ts';

export class NixoRefusal extends Error {
  readonly code: NixoErrorCode;
  readonly field: string | undefined;

  constructor(code: NixoErrorCode, message: string = NIXO_CODES[code].text, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }

  get status(): number {
    return NIXO_CODES[this.code].status;
  }

  get body(): string {
    const { code, message, field } = this;
    return JSON.stringify({ error: { code, message, ...(field !== undefined && { field }) } });
  }

  /** The first fault: there is one field in the envelope. */
  static of(error: z.ZodError): NixoRefusal {
    const [{ path, message } = { path: [], message: 'is not valid' }] = error.issues;
    const field = path.join('.');
    return new NixoRefusal('invalid_request', message, field === '' ? undefined : field);
  }
}

/** What a fault below means in Nixo's words; `undefined` for one that is the sandbox's own. */
export function refusalOf(error: unknown): NixoRefusal | undefined {
  if (error instanceof NixoRefusal) return error;
  if (error instanceof MalformedBody) return new NixoRefusal('invalid_request', error.message);
  if (error instanceof KeyInFlight) return new NixoRefusal('idempotency_in_flight');
  if (error instanceof KeyInUse) return new NixoRefusal('idempotency_conflict');
  return undefined;
}
