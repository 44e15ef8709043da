/** Webhooks of Nxos: signed in Svix's form, over their id, their time and the raw bytes. */
import { type NxosEvent, readNxosEvent } from '../../wire/nxos/replies.ts';
import {
  SVIX_ID,
  SVIX_SIGNATURE,
  SVIX_TIMESTAMP,
  svixKey,
  svixMac,
  svixMacs,
} from '../../wire/nxos/signature.ts';
import { isLater } from '../../wire/signing.ts';
import { usableKeys } from '../http/secrets.ts';
import {
  decode,
  matchesAny,
  readRaw,
  readSignedEvent,
  refuse,
  requireFresh,
  type VerifyOptions,
} from '../http/webhook-body.ts';

export interface SvixHeaders {
  readonly 'svix-id'?: string | null | undefined;
  readonly 'svix-timestamp'?: string | null | undefined;
  readonly 'svix-signature'?: string | null | undefined;
}

/** A verified event, and the id that stays the same when it is sent again. */
export interface VerifiedEvent extends NxosEvent {
  readonly id: string;
}

/**
 * @param raw the body exactly as received: text, bytes, or the whole `Request`
 * @param headers the three `svix-…` headers; taken from the request when `raw` is one
 * @param secret `whsec_…`, or several while one is being replaced
 * @throws WebhookError
 */
export async function verifyNxosWebhook(
  raw: string | Uint8Array | Request,
  headers: SvixHeaders | undefined,
  secret: string | readonly string[],
  options: VerifyOptions = {},
): Promise<VerifiedEvent> {
  const keys = usableKeys(secret, svixKey);
  const read = readRaw(raw);
  const { body, headers: own } = isLater(read) ? await read : read;
  const header = (name: keyof SvixHeaders): string => headers?.[name] ?? own?.get(name) ?? '';
  const id = header(SVIX_ID);
  const time = header(SVIX_TIMESTAMP);
  const signatures = header(SVIX_SIGNATURE);
  if (id === '' || time === '' || signatures === '') {
    throw refuse('missing-signature', `One of ${SVIX_ID}, ${SVIX_TIMESTAMP}, ${SVIX_SIGNATURE} is missing.`);
  }
  const text = decode(body);
  if (!/^[0-9]{1,11}$/.test(time)) throw refuse('wrong-signature', `${SVIX_TIMESTAMP} is not a time.`);
  const timestamp = Number(time);
  const isMatched = matchesAny(svixMacs(signatures), keys, (key) => svixMac({ id, timestamp, body }, key));
  if (isMatched !== true && !(await isMatched)) {
    throw refuse(
      'wrong-signature',
      'No signature matches the body.',
      'Check the endpoint’s secret, and that nothing rewrites the body on its way.',
    );
  }
  requireFresh(timestamp, options);
  return { ...readSignedEvent(readNxosEvent, text), id };
}
