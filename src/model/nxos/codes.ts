/**
 * What Nxos may answer instead. The first part stands in its documents (Errors); their table is cut off, so the codes
 * after it are Kassa's own.
 */
import type { Refusal } from '../refusals.ts';

export type NxosErrorKind = 'auth' | 'request' | 'not-found' | 'state' | 'transient';

export const NXOS_CODES = {
  missing_api_key: { status: 401, kind: 'auth', text: 'The API key is missing' },
  invalid_api_key: { status: 401, kind: 'auth', text: 'The API key is not valid' },
  authentication_failed: { status: 401, kind: 'transient', text: 'The key could not be checked; try again' },
  forbidden: { status: 403, kind: 'auth', text: 'The key may not do this' },
  authorization_required: {
    status: 403,
    kind: 'auth',
    text: 'Acting for another organization needs its authorization',
  },
  not_found: { status: 404, kind: 'not-found', text: 'There is no such resource' },
  organization_not_found: { status: 404, kind: 'not-found', text: 'There is no such organization' },
  account_not_found: { status: 404, kind: 'not-found', text: 'There is no such account' },
  quote_not_found: { status: 404, kind: 'not-found', text: 'There is no such quote' },
  beneficiary_not_found: { status: 404, kind: 'not-found', text: 'There is no such beneficiary' },
  quote_expired: { status: 409, kind: 'state', text: 'The quote has expired' },
  quote_already_used: { status: 409, kind: 'state', text: 'The quote was executed already' },
  beneficiary_already_archived: { status: 409, kind: 'state', text: 'The beneficiary is archived already' },
  fee_schedule_drifted: { status: 409, kind: 'state', text: 'The fee is not the expected one' },
  idempotency_request_in_flight: {
    status: 409,
    kind: 'transient',
    text: 'The first request with this key is still under way',
  },
  idempotency_key_in_use: { status: 409, kind: 'request', text: 'The key was used for another request' },
  invalid_request: { status: 400, kind: 'request', text: 'The request is not valid' },

  // From here on Kassa's own.
  insufficient_funds: { status: 409, kind: 'state', text: 'The account has less than that' },
  account_suspended: { status: 409, kind: 'state', text: 'The account is suspended' },
  account_closed: { status: 409, kind: 'state', text: 'The account is closed' },
  beneficiary_type_mismatch: { status: 400, kind: 'request', text: 'The beneficiary is of another type' },
  beneficiary_not_active: { status: 409, kind: 'state', text: 'The beneficiary is not active' },
  nxosnet_disabled: { status: 409, kind: 'state', text: 'Nxosnet is switched off there' },
  handle_not_found: { status: 404, kind: 'not-found', text: 'Nobody has this handle' },
  handle_taken: { status: 409, kind: 'state', text: 'Somebody else has this handle' },
  rate_limit_exceeded: { status: 429, kind: 'transient', text: 'Too many requests' },
  internal_error: { status: 500, kind: 'transient', text: 'Nxos is at fault' },
  upstream_error: { status: 502, kind: 'transient', text: 'A system behind Nxos is at fault' },
} as const satisfies Readonly<Record<string, Refusal<NxosErrorKind>>>;

export type NxosErrorCode = keyof typeof NXOS_CODES;

export const isNxosCode = (code: unknown): code is NxosErrorCode =>
  typeof code === 'string' && Object.hasOwn(NXOS_CODES, code);
