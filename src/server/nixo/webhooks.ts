/** Webhooks of Nixo: a discriminated union of its four events and of those to come, verified by a scheme that can be exchanged. */
import { type NixoEvent, readNixoEvent } from '../../wire/nixo/events.ts';
import { NIXO_SIGNATURE_HEADER, signNixo } from '../../wire/nixo/signature.ts';
import { afterwards, type Eventually, isLater, toBytes } from '../../wire/signing.ts';
import { usableSecrets } from '../http/secrets.ts';
import {
  decode,
  matchesAny,
  readRaw,
  readSignedEvent,
  refuse,
  requireFresh,
  type VerifyOptions,
} from '../http/webhook-body.ts';

/** What a scheme has to judge: the raw bytes, and the header as it came. */
export interface SignedBody<Body = Uint8Array> {
  readonly body: Body;
  readonly signature: string;
  readonly secrets: readonly string[];
}

/** Answers the time that was signed, in unix seconds, or nothing when no signature matches. */
export type NixoScheme = (signed: SignedBody) => Promise<number | undefined>;

export interface NixoVerifyOptions extends VerifyOptions {
  /** Default: the sandbox's own, because Nixo's documents show none. */
  readonly scheme?: NixoScheme;
}

/**
 * @param raw the body exactly as received: text, bytes, or the whole `Request`
 * @param signature the `nixo-signature` header; taken from the request when `raw` is one
 * @param secret one, or several while one is being replaced
 * @throws WebhookError
 */
export async function verifyNixoWebhook(
  raw: string | Uint8Array | Request,
  signature: string | null | undefined,
  secret: string | readonly string[],
  { scheme, ...options }: NixoVerifyOptions = {},
): Promise<NixoEvent> {
  const secrets = usableSecrets(secret);
  const read = readRaw(raw);
  const { body, headers } = isLater(read) ? await read : read;
  const header = signature ?? headers?.get(NIXO_SIGNATURE_HEADER) ?? '';
  if (header === '') throw refuse('missing-signature', `The header ${NIXO_SIGNATURE_HEADER} is missing.`);
  const text = decode(body);
  const signed = { body, signature: header, secrets };
  const answer = scheme ? await scheme({ ...signed, body: toBytes(body) }) : sandboxScheme(signed);
  const signedAt = isLater(answer) ? await answer : answer;
  if (signedAt === undefined) {
    throw refuse(
      'wrong-signature',
      'No signature matches the body.',
      'Check the webhook secret, and that nothing rewrites the body on its way.',
    );
  }
  requireFresh(signedAt, options);
  return readSignedEvent(readNixoEvent, text);
}

/** `t=<unix seconds>,v1=<hex>`, with any number of `v1`. A body that is text already need not become bytes for it. */
function sandboxScheme({
  body,
  signature,
  secrets,
}: SignedBody<string | Uint8Array>): Eventually<number | undefined> {
  const given: string[] = [];
  let time: string | undefined;
  for (const part of signature.split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    const value = part.slice(at + 1).trim();
    if (name === 't') time ??= value;
    else if (name === 'v1') given.push(value.toLowerCase());
  }
  if (time === undefined || !/^[0-9]{1,11}$/.test(time)) return undefined;
  const signedAt = Number(time);
  const isMatched = matchesAny(given, secrets, (secret) => signNixo(body, signedAt, secret));
  return afterwards(isMatched, (isOurs) => (isOurs ? signedAt : undefined));
}
