/** Webhooks of the gateway: believed only after their signature over the raw bytes was checked. */
import { formatMoney, moneyFromWire } from '../model/money.ts';
import { statusOf } from '../model/gateway-statuses.ts';
import { type Status } from '../model/statuses.ts';
import {
  equalInConstantTime,
  isSignatureForm,
  SIGNATURE_HEADER,
  signGatewayBody,
  toBytes,
} from '../wire/signature.ts';
import { type GatewayWebhook, gatewayWebhook } from '../wire/webhooks.ts';
import { WebhookError } from './errors.ts';

/** One verified change of a transaction. */
export interface WebhookEvent {
  /** The gateway's id: what `rejectWithdrawal` takes. */
  readonly transactionId: string;
  /** The shop's own id of the order. */
  readonly trackingId: string;
  readonly userId: string;
  readonly type: string;
  readonly status: Status;
  /** The gateway's own word. */
  readonly rawStatus: string;
  /** Decimal string in major units: `"200.00"`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly provider?: string;
  /** Text, never HTML. */
  readonly reason?: string;
  /** The payload as it came, unknown fields included. */
  readonly raw: GatewayWebhook;
}

const MAX_BYTES = 65_536;

/** Collision blocks of a weakened SHA-1 are binary; JSON needs no control character but white space. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/**
 * Checks the signature and reads the payload.
 *
 * The raw bytes are tried first, because parsing and writing JSON again changes it (200.00 becomes 200). If they do not
 * match, the compact form is tried, which is what the gateway's own sample code signs.
 *
 * @param raw the body exactly as received: text, bytes, or the whole `Request`
 * @param signature the `x-signature` header; taken from the request when `raw` is one
 * @param password one signature password, or several while one is being replaced
 * @throws WebhookError
 */
export async function verifyWebhook(
  raw: string | Uint8Array | Request,
  signature: string | null | undefined,
  password: string | readonly string[],
): Promise<WebhookEvent> {
  const { body, header } = await readRaw(raw, signature);
  if (!header) throw refuse('missing-signature', `The header ${SIGNATURE_HEADER} is missing.`);
  const text = decode(body);
  const matched =
    isSignatureForm(header) &&
    ((await matches(text, header, password)) ?? (await matches(compact(text), header, password)));
  if (!matched) {
    throw refuse(
      'wrong-signature',
      'The signature does not match the body.',
      'Check the signature password (the gateway’s portal, beside the API key), and that nothing rewrites the body on its way.',
    );
  }
  return readEvent(matched);
}

/** The signature that the gateway would send: for tests of your own handler. */
export async function signWebhook(body: string | Uint8Array, password: string): Promise<string> {
  return signGatewayBody(body, password);
}

async function readRaw(
  raw: string | Uint8Array | Request,
  signature: string | null | undefined,
): Promise<{ body: Uint8Array; header: string | null | undefined }> {
  if (typeof raw === 'string' || raw instanceof Uint8Array) return { body: toBytes(raw), header: signature };
  if (typeof raw === 'object' && 'arrayBuffer' in raw) {
    if (raw.bodyUsed) throw alreadyParsed();
    const header = signature ?? raw.headers.get(SIGNATURE_HEADER);
    return { body: new Uint8Array(await raw.arrayBuffer()), header };
  }
  // Not a type this function takes, and the commonest mistake there is.
  throw alreadyParsed();
}

function alreadyParsed(): WebhookError {
  return refuse(
    'already-parsed',
    'The body was parsed before verification, so its signature can no longer be checked.',
    'Hand over the raw bytes: in Express express.raw({type: "application/json"}) on this route, in Fastify a raw body parser, in Hono and Next the untouched Request.',
  );
}

function decode(body: Uint8Array): string {
  if (body.length > MAX_BYTES) throw refuse('invalid-payload', 'The body is larger than 64 kB.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw refuse('invalid-payload', 'The body is not UTF-8.');
  }
  if (CONTROL_CHARACTERS.test(text)) throw refuse('invalid-payload', 'The body holds control characters.');
  return text;
}

/** The text whose signature was right, or nothing. Every password is tried, so that time tells nothing. */
async function matches(
  text: string | undefined,
  header: string,
  password: string | readonly string[],
): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const wanted = header.toUpperCase();
  let found = false;
  for (const candidate of typeof password === 'string' ? [password] : password) {
    if (equalInConstantTime(await signGatewayBody(text, candidate), wanted)) found = true;
  }
  return found ? text : undefined;
}

function compact(text: string): string | undefined {
  try {
    const again = JSON.stringify(JSON.parse(text));
    return again === text ? undefined : again;
  } catch {
    return undefined;
  }
}

function readEvent(text: string): WebhookEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refuse('invalid-payload', 'The body is signed, but it is not JSON.');
  }
  const result = gatewayWebhook.safeParse(parsed);
  if (!result.success) {
    const paths = result.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw refuse('invalid-payload', `The body is signed, but these fields are missing or wrong: ${paths}.`);
  }
  const { data } = result;
  return {
    transactionId: data.transaction_id,
    trackingId: data.tracking_id,
    userId: data.user_id,
    type: data.transaction_type,
    status: statusOf(data.status),
    rawStatus: data.status,
    amount: readAmount(data),
    currency: data.currency,
    ...(data.provider !== undefined && { provider: data.provider }),
    ...(data.rejected_reason && { reason: data.rejected_reason }),
    raw: data,
  };
}

function readAmount({ amount, currency }: GatewayWebhook): string {
  try {
    return formatMoney(moneyFromWire(amount, currency));
  } catch {
    throw refuse('invalid-payload', 'The body is signed, but its amount or currency cannot be read.');
  }
}

function refuse(code: WebhookError['code'], message: string, hint = 'Do not act on it.'): WebhookError {
  return new WebhookError({ code, message: `Webhook refused: ${message}`, hint, retryable: false });
}
