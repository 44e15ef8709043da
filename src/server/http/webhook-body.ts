/** The body of a webhook as it came: what a signature is checked over, whichever system sent it. */
import { parseJson } from '../../wire/json.ts';
import { equalInConstantTime, type Eventually, isLater } from '../../wire/signing.ts';
import type { Output, Schema } from '../../wire/schema.ts';
import { WebhookError } from '../errors.ts';
import { BodyError, isBytes, RAW_BODY_HINT, wasParsed } from './raw-body.ts';
import { BODY_WITHIN_MS, BodyTooSlowError, readAtMost } from './read-body.ts';

const MAX_BYTES = 65_536;

const tooLarge = (): WebhookError => refuse('invalid-payload', 'The body is larger than 64 kB.');

export interface RawBody {
  /** As it came: what is signed. */
  readonly body: string | Uint8Array;
  /** Only where a whole `Request` was handed over. */
  readonly headers?: Headers;
}

/** At once for text and bytes, so that nothing is waited for which is there. */
export function readRaw(raw: string | Uint8Array | Request): Eventually<RawBody> {
  if (typeof raw === 'string' || isBytes(raw)) return { body: raw };
  if (typeof raw === 'object' && 'arrayBuffer' in raw) return readRequest(raw);
  // Not a type this function takes, and the commonest mistake there is.
  throw alreadyParsed();
}

async function readRequest(request: Request): Promise<RawBody> {
  if (request.bodyUsed || wasParsed(request)) throw alreadyParsed();
  const body = await readAtMost(request.body, MAX_BYTES, BODY_WITHIN_MS).catch((error: unknown) => {
    if (error instanceof BodyError) throw alreadyParsed();
    // An adapter whose deadline is shorter has refused it in its own words.
    if (error instanceof Error && 'status' in error) throw error;
    throw error instanceof BodyTooSlowError
      ? refuse('too-slow', 'The body did not come in time.')
      : refuse('invalid-payload', 'The body broke off.');
  });
  if (!body) throw tooLarge();
  return { body, headers: request.headers };
}

function alreadyParsed(): WebhookError {
  return refuse(
    'already-parsed',
    'The body was parsed before verification, so its signature can no longer be checked.',
    RAW_BODY_HINT,
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The most that one UTF-16 unit takes in UTF-8. */
const WIDEST = 3;

/**
 * The text of a body. What a weakened hash collides with is binary: it is no UTF-8, or JSON refuses its control
 * characters.
 */
export function decode(body: string | Uint8Array): string {
  if (typeof body === 'string') {
    const isShort = body.length * WIDEST <= MAX_BYTES;
    if (isShort || new TextEncoder().encode(body).length <= MAX_BYTES) return body;
    throw tooLarge();
  }
  if (body.length > MAX_BYTES) throw tooLarge();
  try {
    return utf8.decode(body);
  } catch {
    throw refuse('invalid-payload', 'The body is not UTF-8.');
  }
}

export function refuse(
  code: WebhookError['code'],
  message: string,
  hint = 'Do not act on it.',
): WebhookError {
  return new WebhookError({ code, message: `Webhook refused: ${message}`, hint, retryable: false });
}

/** Whether one of these signatures is right. Every key is tried against every one, so that time tells nothing. */
export function matchesAny<Key>(
  signatures: readonly string[],
  keys: readonly Key[],
  sign: (key: Key) => Eventually<string>,
): Eventually<boolean> {
  let found = false;
  const compare = (wanted: string): void => {
    for (const signature of signatures) {
      if (equalInConstantTime(signature, wanted)) found = true;
    }
  };
  const later: Promise<void>[] = [];
  for (const key of keys) {
    const wanted = sign(key);
    if (isLater(wanted)) later.push(Promise.resolve(wanted).then(compare));
    else compare(wanted);
  }
  return later.length === 0 ? found : Promise.all(later).then(() => found);
}

export interface VerifyOptions {
  /** Seconds to either side of now; `false` to take any time. Default 300. */
  readonly tolerance?: number | false;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const TOLERANCE_SECONDS = 300;

/** @param signedAt unix seconds */
export function requireFresh(
  signedAt: number,
  { tolerance = TOLERANCE_SECONDS, now = Date.now }: VerifyOptions,
): void {
  if (tolerance === false) return;
  // A mistaken tolerance (none, NaN, below zero) must not switch the check off.
  const limit = Number.isFinite(tolerance) && tolerance > 0 ? tolerance : TOLERANCE_SECONDS;
  if (Math.abs(now() / 1_000 - signedAt) <= limit) return;
  throw refuse(
    'too-old',
    `It is signed for a time more than ${limit} s from now.`,
    'Check this machine’s clock.',
  );
}

/** Signed and unreadable: something happened, and nobody here knows what. */
export const UNREADABLE_HINT =
  'It is authentic, so do not lose it: look the transaction up in the portal of its sender, and show its support the body.';

/** What was signed, read by its schema. */
export function readSigned<S extends Schema>(schema: S, json: unknown): Output<S> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const paths = result.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw refuse(
    'invalid-payload',
    `The body is signed, but these fields are missing or wrong: ${paths}.`,
    UNREADABLE_HINT,
  );
}

/** An event that was signed, read as far as it can be: only one without a type is refused. */
export function readSignedEvent<T>(read: (json: unknown) => T | undefined, text: string): T {
  const event = read(parseSigned(text));
  if (event !== undefined) return event;
  throw refuse(
    'invalid-payload',
    'The body is signed, but it is no event: its type is missing.',
    UNREADABLE_HINT,
  );
}

export function parseSigned(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw refuse('invalid-payload', 'The body is signed, but it is not JSON.', UNREADABLE_HINT);
  }
}
