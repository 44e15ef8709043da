/** Reads how Nxos refuses, and says what to do about each of its codes. */
import { isNxosCode, NXOS_CODES, type NxosErrorKind } from '../model/nxos-codes.ts';
import { nxosError } from '../wire/nxos.ts';
import { ApiError, type ApiErrorKind } from './errors.ts';
import { redact } from './gateway-errors.ts';
import { type Answer, type Call, retryAfterMs } from './transport.ts';

const HINTS: Readonly<Record<NxosErrorKind, string>> = {
  auth: 'Check the API key and what its organization may do.',
  request: 'Correct the request; the same again is refused again.',
  'not-found': 'Check the id, and that it belongs to the organization of the API key.',
  state: 'Read the account, the quote or the beneficiary first; the same again is refused again.',
  transient: 'Try again later, with the same idempotency key.',
};

const KEPT_CHARACTERS = 200;

export function nxosRefusal(now: () => number) {
  return (answer: Answer, { operation, method, path }: Call): ApiError => {
    const { status, json } = answer;
    const read = nxosError.safeParse(json);
    const { code, message, requestId } = read.success ? read.data.error : {};
    const kind = isNxosCode(code) ? NXOS_CODES[code].kind : kindOf(status);
    const said = redact(message ?? '').slice(0, KEPT_CHARACTERS);
    return new ApiError({
      system: 'nxos',
      operation,
      method,
      path,
      status,
      at: now(),
      kind,
      ...(code !== undefined && { code }),
      detail: `refused${code === undefined ? '' : `, ${code}`}${said === '' ? '' : `: ${said}`}`,
      hint: requestId === undefined ? HINTS[kind] : `${HINTS[kind]} Nxos’s support asks for ${requestId}.`,
      retryable: kind === 'transient',
      retryAfterMs: retryAfterMs(answer, now()),
    });
  };
}

/** For codes that are not known yet, and for proxies that know none. */
function kindOf(status: number): NxosErrorKind & ApiErrorKind {
  if (status >= 500 || status === 429) return 'transient';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not-found';
  return status === 409 ? 'state' : 'request';
}
