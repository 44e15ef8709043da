/** How Nxos refuses, and what to do about each of its codes. */
import { NXOS_CODES, type NxosErrorKind } from '../../model/nxos/codes.ts';
import { nxosError } from '../../wire/nxos/objects.ts';
import { reply } from '../../wire/reading.ts';
import { readRefusals } from '../http/refusals.ts';

const HINTS: Readonly<Record<NxosErrorKind, string>> = {
  auth: 'Check the API key and what its organization may do.',
  request: 'Correct the request; the same again is refused again.',
  'not-found': 'Check the id, and that it belongs to the organization of the API key.',
  state: 'Read the account, the quote or the beneficiary first; the same again is refused again.',
  transient: 'Try again later, with the same idempotency key.',
};

export const nxosRefusal = (now: () => number) =>
  readRefusals({
    system: 'nxos',
    envelope: reply(nxosError, 'error'),
    codes: NXOS_CODES,
    conflict: 'state',
    hints: HINTS,
    support: 'Nxos’s support',
    now,
  });
