/** The body of a webhook as it came: what a signature is checked over, whichever system sent it. */
import { equalInConstantTime, toBytes } from '../../wire/signing.ts';
import type { Output, Schema } from '../../wire/schema.ts';
import { WebhookError } from '../errors.ts';
import { BodyError, RAW_BODY_HINT, wasParsed } from './raw-body.ts';
import { BODY_WITHIN_MS, BodyTooSlowError, readAtMost } from './read-body.ts';

const MAX_BYTES = 65_536;

/** Collision blocks of a weakened hash are binary; JSON needs no control character but white space. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

const tooLarge = (): WebhookError => refuse('invalid-payload', 'The body is larger than 64 kB.');

/** Headers only where a whole `Request` was handed over. */
export async function readRaw(
  raw: string | Uint8Array | Request,
): Promise<{ readonly body: Uint8Array; readonly headers?: Headers }> {
  if (typeof raw === 'string' || raw instanceof Uint8Array) return { body: toBytes(raw) };
  if (typeof raw === 'object' && 'arrayBuffer' in raw) {
    if (raw.bodyUsed || wasParsed(raw)) throw alreadyParsed();
    const body = await readAtMost(raw.body, MAX_BYTES, BODY_WITHIN_MS).catch((error: unknown) => {
      if (error instanceof BodyError) throw alreadyParsed();
      // An adapter whose deadline is shorter has refused it in its own words.
      if (error instanceof Error && 'status' in error) throw error;
      throw error instanceof BodyTooSlowError
        ? refuse('too-slow', 'The body did not come in time.')
        : refuse('invalid-payload', 'The body broke off.');
    });
    if (!body) throw tooLarge();
    return { body, headers: raw.headers };
  }
  // Not a type this function takes, and the commonest mistake there is.
  throw alreadyParsed();
}

function alreadyParsed(): WebhookError {
  return refuse(
    'already-parsed',
    'The body was parsed before verification, so its signature can no longer be checked.',
    RAW_BODY_HINT,
  );
}

export function decode(body: Uint8Array): string {
  if (body.length > MAX_BYTES) throw tooLarge();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw refuse('invalid-payload', 'The body is not UTF-8.');
  }
  if (CONTROL_CHARACTERS.test(text)) throw refuse('invalid-payload', 'The body holds control characters.');
  return text;
}

export function refuse(
  code: WebhookError['code'],
  message: string,
  hint = 'Do not act on it.',
): WebhookError {
  return new WebhookError({ code, message: `Webhook refused: ${message}`, hint, retryable: false });
}

/** Whether one of these signatures is right. Every secret is tried against every one, so that time tells nothing. */
export async function matchesAny(
  signatures: readonly string[],
  secrets: readonly string[],
  sign: (secret: string) => Promise<string>,
): Promise<boolean> {
  let found = false;
  for (const candidate of secrets) {
    const wanted = await sign(candidate);
    for (const signature of signatures) {
      if (equalInConstantTime(signature, wanted)) found = true;
    }
  }
  return found;
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
export function readSigned<S extends Schema>(schema: S, text: string): Output<S> {
  const result = schema.safeParse(parseSigned(text));
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

function parseSigned(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse('invalid-payload', 'The body is signed, but it is not JSON.', UNREADABLE_HINT);
  }
}
