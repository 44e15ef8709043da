/** How Nxos refuses: a code, a sentence, and the id of the request. */
import type * as z from 'zod';
import { NXOS_CODES, type NxosErrorCode } from '../../model/nxos/codes.ts';
import { InsufficientFunds } from '../ledger/ledger.ts';
import { type Answered, KeyInFlight, KeyInUse } from '../idempotency/idempotency.ts';
import { MalformedBody } from '../json-body.ts';

export class NxosRefusal extends Error {
  readonly code: NxosErrorCode;

  constructor(code: NxosErrorCode, message: string = NXOS_CODES[code].text) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return NXOS_CODES[this.code].status;
  }

  /** The paths and what is wrong there, in one sentence: Nxos has no field for them. */
  static of(error: z.ZodError): NxosRefusal {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    return new NxosRefusal('invalid_request', faults.join('; '));
  }
}

/** The answer to a request that is refused. */
export const answerOf = ({ status, code, message }: NxosRefusal, requestId: string): Answered => ({
  status,
  body: JSON.stringify({ error: { code, message, requestId } }),
});

/** What a fault below means in Nxos's words; `undefined` for one that is the sandbox's own. */
export function refusalOf(error: unknown): NxosRefusal | undefined {
  if (error instanceof NxosRefusal) return error;
  if (error instanceof MalformedBody) return new NxosRefusal('invalid_request', error.message);
  if (error instanceof InsufficientFunds) return new NxosRefusal('insufficient_funds');
  if (error instanceof KeyInFlight) return new NxosRefusal('idempotency_request_in_flight');
  if (error instanceof KeyInUse) return new NxosRefusal('idempotency_key_in_use');
  return undefined;
}
