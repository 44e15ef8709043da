/** Reads how Nixo refuses, and says what to do about each of its codes. */
import { isNixoCode, NIXO_CODES, type NixoErrorKind } from '../model/nixo-codes.ts';
import { nixoError } from '../wire/nixo.ts';
import { ApiError, type ApiErrorKind } from './errors.ts';
import { redact } from './gateway-errors.ts';
import { type Answer, type Call, retryAfterMs } from './transport.ts';

const HINTS: Readonly<Record<NixoErrorKind, string>> = {
  auth: 'Check the API key, and what it may do, in Nixo’s dashboard.',
  request: 'Correct the request; the same again is refused again.',
  'not-found': 'Check the id.',
  transient: 'Try again later, with the same idempotency key.',
};

const KEPT_CHARACTERS = 200;

export function nixoRefusal(now: () => number) {
  return (answer: Answer, { operation, method, path }: Call): ApiError => {
    const { status, json } = answer;
    const read = nixoError.safeParse(json);
    const { code, message, field } = read.success ? read.data.error : {};
    const kind = isNixoCode(code) ? NIXO_CODES[code].kind : kindOf(status);
    const said = redact(message ?? '').slice(0, KEPT_CHARACTERS);
    return new ApiError({
      system: 'nixo',
      operation,
      method,
      path,
      status,
      at: now(),
      kind,
      ...(code !== undefined && { code }),
      detail: `refused${code === undefined ? '' : `, ${code}`}${field === undefined ? '' : `, ${field}`}${said === '' ? '' : `: ${said}`}`,
      hint: HINTS[kind],
      retryable: kind === 'transient',
      retryAfterMs: retryAfterMs(answer, now()),
      fields: field === undefined ? [] : [{ path: field, message: said }],
    });
  };
}

/** For codes that are not known yet, and for proxies that know none. */
function kindOf(status: number): NixoErrorKind & ApiErrorKind {
  if (status >= 500 || status === 429) return 'transient';
  if (status === 401 || status === 403) return 'auth';
  return status === 404 ? 'not-found' : 'request';
}
