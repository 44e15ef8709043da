/** Reads how Nixo and Nxos refuse, by the table of the system's codes, and says what to do about it. */
import type { Refusal } from '../../model/refusals.ts';
import { readReply, type Reply } from '../../wire/reading.ts';
import type { Schema } from '../../wire/schema.ts';
import { ApiError, type ApiErrorInit, type ApiErrorKind } from '../errors.ts';
import { redact } from './redact.ts';
import { type Answer, type Call, ELSEWHERE_HINT, placeOf, retryAfterMs } from './transport.ts';

/** Both envelopes; Nixo's has a field, Nxos's the id of the request. */
interface Envelope {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly field?: string | undefined;
    readonly requestId?: string | undefined;
  };
}

type Kind<Conflict> = 'auth' | 'request' | 'not-found' | 'transient' | Conflict;

interface System<Conflict extends ApiErrorKind> {
  readonly system: ApiErrorInit['system'];
  readonly envelope: Reply<Schema<Envelope>, 'error'>;
  readonly codes: Readonly<Record<string, Refusal<Kind<Conflict>>>>;
  /** What a 409 is, under a code that is not known yet. */
  readonly conflict: Conflict;
  readonly hints: Readonly<Record<Kind<Conflict>, string>>;
  /** Whom to give the id of a request to. */
  readonly support?: string;
  readonly now: () => number;
}

const KEPT_CHARACTERS = 200;

export function readRefusals<Conflict extends ApiErrorKind>({
  system,
  envelope,
  codes,
  conflict,
  hints,
  support,
  now,
}: System<Conflict>): (answer: Answer, call: Call) => ApiError {
  return (answer, call) => {
    const { status, json } = answer;
    const { code, message = '', field, requestId } = readReply(envelope, json)?.error ?? {};
    const known = code !== undefined && Object.hasOwn(codes, code) ? codes[code] : undefined;
    const kind = known?.kind ?? kindOf(status, conflict);
    const said = redact(message).slice(0, KEPT_CHARACTERS);
    const hint = kind === 'invalid-response' ? ELSEWHERE_HINT : hints[kind];
    const named = ['refused', code, field].filter((word) => word !== undefined).join(', ');
    return new ApiError({
      ...placeOf(system, call),
      status,
      at: now(),
      kind,
      ...(code !== undefined && { code }),
      detail: said === '' ? named : `${named}: ${said}`,
      hint: support && requestId ? `${hint} ${support} asks for ${requestId}.` : hint,
      retryable: kind === 'transient',
      retryAfterMs: retryAfterMs(answer, now()),
      fields: field === undefined ? [] : [{ path: field, message: said }],
    });
  };
}

/** For codes that are not known yet, and for proxies that know none. */
function kindOf<Conflict>(status: number, conflict: Conflict): Kind<Conflict> | 'invalid-response' {
  if (status >= 500 || status === 429) return 'transient';
  // A redirect is never followed, and whoever sent it did not say that it refuses.
  if (status < 400) return 'invalid-response';
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'not-found';
  return status === 409 ? conflict : 'request';
}
