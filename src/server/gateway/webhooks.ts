/** Webhooks of the gateway: believed only after their signature over the raw bytes was checked. */
import { MoneyError, tidyAmount } from '../../model/money.ts';
import { meaningOf } from '../../model/gateway/statuses.ts';
import { type Status } from '../../model/statuses.ts';
import {
  gatewayDigest,
  isSignatureForm,
  SIGNATURE_HEADER,
  signGatewayBody,
} from '../../wire/gateway/signature.ts';
import { type Eventually, isLater, SHORT_TEXT } from '../../wire/signing.ts';
import { gatewayWebhook, readPrinted } from '../../wire/gateway/webhook.ts';
import { onlyOf } from '../../wire/reading.ts';
import { usableSecrets } from '../http/secrets.ts';
import {
  decode,
  matchesAny,
  parseSigned,
  readRaw,
  readSigned,
  refuse,
  UNREADABLE_HINT,
} from '../http/webhook-body.ts';

/** One verified change of a transaction. */
export interface WebhookEvent {
  /** The gateway's id: what `rejectWithdrawal` takes. */
  readonly transactionId: string;
  /** The shop's own id of the order. */
  readonly trackingId: string;
  /** Empty when the gateway did not say. */
  readonly userId: string;
  /** `deposit` or `withdrawal`; empty when the gateway did not say. */
  readonly type: string;
  /** `unknown` for a word that no document explains, such as `refunded`: neither an end nor the wait for one. */
  readonly status: Status | 'unknown';
  /** The gateway's own word. */
  readonly rawStatus: string;
  /** Decimal string in major units: `"200.00"`; with all the digits that the gateway sent, where it sent more. */
  readonly amount: string;
  /** ISO 4217, or the gateway's own code for what is no currency of a state: `"USDT"`. */
  readonly currency: string;
  readonly provider?: string;
  /** Text, never HTML. */
  readonly reason?: string;
  /** The payload as it came, unknown fields included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

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
  const passwords = usableSecrets(password);
  const read = readRaw(raw);
  const { body, headers } = isLater(read) ? await read : read;
  const header = signature ?? headers?.get(SIGNATURE_HEADER);
  if (!header) {
    throw refuse(
      'missing-signature',
      `The header ${SIGNATURE_HEADER} is missing.`,
      'The gateway signs all that it sends. Somebody else posts here, or a proxy drops the header.',
    );
  }
  const text = decode(body);
  const given = [header.toLowerCase()];
  const isSigned = (candidate: string | Uint8Array): Eventually<boolean> =>
    matchesAny(given, passwords, (one) => gatewayDigest(candidate, one));
  if (isSignatureForm(header)) {
    // An `await` costs a tenth of all this, so there is none before a yes that is there at once.
    const answer = isSigned(body.length < SHORT_TEXT ? text : body);
    if (answer === true || (await answer)) return readEvent(text);
    const again = compact(text);
    if (again !== undefined && (await isSigned(again))) return readEvent(again);
  }
  throw refuse(
    'wrong-signature',
    'The signature does not match the body.',
    'Check signaturePassword (the gateway’s portal, beside the API key), a space at its end included, and that nothing rewrites the body on its way.',
  );
}

/** The signature that the gateway would send: for tests of your own handler. */
export async function signWebhook(body: string | Uint8Array, password: string): Promise<string> {
  return signGatewayBody(body, password);
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
  const raw = onlyOf(parseSigned(text));
  const data = readPrinted(raw) ?? readSigned(gatewayWebhook, unwrapped(raw));
  const currency = data.currency.trim().toUpperCase();
  const event: Writable<WebhookEvent> = {
    transactionId: data.transaction_id,
    trackingId: data.tracking_id,
    userId: data.user_id,
    type: data.transaction_type,
    status: meaningOf(data.status),
    rawStatus: data.status,
    amount: readAmount(data.amount, currency),
    currency,
    raw: raw as WebhookEvent['raw'],
  };
  if (data.provider !== '') event.provider = data.provider;
  if (data.rejected_reason !== '') event.reason = data.rejected_reason;
  return event;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What an event cannot do without, also where each of it came as the only one of a list. */
const unwrapped = (raw: unknown): unknown =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)
    ? Object.fromEntries(
        Object.entries(raw).map(([name, value]) => [name, NEEDED.has(name) ? onlyOf(value) : value]),
      )
    : raw;

const NEEDED = new Set(['transaction_id', 'tracking_id', 'status', 'currency', 'amount']);

const CURRENCY = /^[A-Z0-9]{2,12}$/;

function readAmount(amount: string | number, currency: string): string {
  try {
    if (CURRENCY.test(currency)) return tidyAmount(amount, currency);
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
  }
  throw refuse(
    'invalid-payload',
    'The body is signed, but its amount or currency cannot be read.',
    UNREADABLE_HINT,
  );
}
