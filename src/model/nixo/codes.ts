/**
 * What Nixo may answer instead. The first five stand in its documents; the others are Kassa's own, because nothing says
 * what Nixo does there.
 */
import type { Refusal } from '../refusals.ts';

export type NixoErrorKind = 'auth' | 'request' | 'not-found' | 'transient';

export const NIXO_CODES = {
  invalid_request: { status: 400, kind: 'request', text: 'The request is not valid' },
  invalid_api_key: { status: 401, kind: 'auth', text: 'The API key is missing or not valid' },
  permission_denied: { status: 403, kind: 'auth', text: 'The API key may not do this' },
  rate_limit_exceeded: { status: 429, kind: 'transient', text: 'Too many requests' },
  internal_error: { status: 500, kind: 'transient', text: 'Nixo is at fault' },

  // From here on Kassa's own.
  not_found: { status: 404, kind: 'not-found', text: 'There is no such resource' },
  idempotency_conflict: { status: 409, kind: 'request', text: 'The key was used for another request' },
  idempotency_in_flight: {
    status: 409,
    kind: 'transient',
    text: 'The first request with this key is still under way',
  },
} as const satisfies Readonly<Record<string, Refusal<NixoErrorKind>>>;

export type NixoErrorCode = keyof typeof NIXO_CODES;

export const isNixoCode = (code: unknown): code is NixoErrorCode =>
  typeof code === 'string' && Object.hasOwn(NIXO_CODES, code);
