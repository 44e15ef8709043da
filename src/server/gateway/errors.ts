/** Reads every body shape in which the gateway may refuse, and says what to do about each of its codes. */
import {
  type GatewayCode,
  GATEWAY_CODES,
  type GatewayErrorKind,
  isGatewayCode,
} from '../../model/gateway/codes.ts';
import { itemsOf, onlyOf } from '../../wire/reading.ts';
import { redact } from '../http/redact.ts';
import { ApiError, type ApiErrorKind } from '../errors.ts';
import { type Answer, type Call, placeOf } from '../http/transport.ts';

const HINTS: Readonly<Record<GatewayErrorKind, string>> = {
  auth: 'Check the API key: it is made in the gateway’s portal under Settings, Credentials.',
  config: 'Check the account in the gateway’s portal: credentials, providers and webhook URL.',
  request: 'Correct the request; the same again is refused again.',
  transient: 'Try again later.',
  'not-found':
    'Check the id: approve and status take your tracking id, reject takes the gateway’s transaction id.',
  state: 'Ask for the status first; what is final cannot be changed.',
  blocked: 'The gateway blocks this address. Ask its support.',
};

export function gatewayRefusal(now: () => number) {
  return (answer: Answer, call: Call): ApiError => {
    const { status } = answer;
    const place = { ...placeOf('gateway', call), status, at: now() };
    const code = codeOf(answer.json);
    const documented = documentedCode(answer.json);
    if (code !== undefined && documented !== undefined) {
      const { text, kind } = GATEWAY_CODES[documented];
      return new ApiError({
        ...place,
        kind,
        code,
        detail: `refused, ${code} ${text}`,
        hint: HINTS[kind],
        // 1025 is the only code whose text invites another try.
        retryable: kind === 'transient',
      });
    }
    const kind = kindOf(status);
    const said = messageOf(answer);
    return new ApiError({
      ...place,
      kind,
      ...(code !== undefined && { code }),
      detail: said === '' ? 'refused without a reason' : `refused: ${said}`,
      hint:
        kind === 'transient'
          ? 'The gateway is at fault. Try later; if it stays, give its support this path and time.'
          : HINTS[kind === 'auth' ? 'auth' : 'request'],
      retryable: kind === 'transient',
      fields: fieldsOf(answer.json),
    });
  };
}

function kindOf(status: number): ApiErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'transient' : status >= 400 ? 'request' : 'invalid-response';
}

/** One of the twelve. Some gateways send it with a 200. */
export function documentedCode(json: unknown): GatewayCode | undefined {
  const said = codeOf(json) ?? '';
  const code = Number(said);
  return String(code) === said && isGatewayCode(code) ? code : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** `code`, `error_code` or `errorCode`, as number or text, at the top, under `error`, or first of `errors`. */
function codeOf(json: unknown): string | undefined {
  for (const place of places(json)) {
    for (const name of ['code', 'error_code', 'errorCode']) {
      const value = place[name];
      const said = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
      if (said !== '') return /^[0-9]+(?:\.0+)?$/.test(said) ? String(Number(said)) : said;
    }
  }
  return undefined;
}

const KEPT_CHARACTERS = 200;

function messageOf({ json, text, status }: Answer): string {
  for (const place of places(json)) {
    for (const name of ['message', 'description', 'error']) {
      const value = place[name];
      if (typeof value === 'string' && value !== '') return redact(value).slice(0, KEPT_CHARACTERS);
    }
  }
  if (status >= 300 && status < 400) return 'a redirect, which is never followed';
  return redact(
    text
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  ).slice(0, KEPT_CHARACTERS);
}

function places(json: unknown): readonly Record<string, unknown>[] {
  const body = onlyOf(json);
  if (!isObject(body)) return [];
  return [body, onlyOf(body.error), itemsOf(body.errors)[0]].filter(isObject);
}

function fieldsOf(json: unknown): readonly { path: string; message: string }[] {
  return places(json)
    .flatMap(({ errors }) => itemsOf(errors))
    .filter(isObject)
    .flatMap(({ path, message }) =>
      typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [],
    );
}
