/** How Nixo refuses, and what to do about each of its codes. */
import { NIXO_CODES, type NixoErrorKind } from '../../model/nixo/codes.ts';
import { nixoError } from '../../wire/nixo/objects.ts';
import { reply } from '../../wire/reading.ts';
import { readRefusals } from '../http/refusals.ts';

const HINTS: Readonly<Record<NixoErrorKind, string>> = {
  auth: 'Check the API key, and what it may do, in Nixo’s dashboard.',
  request: 'Correct the request; the same again is refused again.',
  'not-found': 'Check the id.',
  transient: 'Try again later, with the same idempotency key.',
};

export const nixoRefusal = (now: () => number) =>
  readRefusals({
    system: 'nixo',
    envelope: reply(nixoError, 'error'),
    codes: NIXO_CODES,
    conflict: 'request',
    hints: HINTS,
    now,
  });
