/**
 * Svix's webhook signature, which Nxos uses: HMAC-SHA256 over `id.timestamp.body` with the bytes of the secret (base64
 * after `whsec_`), as `v1,<base64>`. A header may carry several, parted by blanks, while a secret is replaced.
 */
import { type Eventually, fromBase64, hashing, toBase64 } from '../signing.ts';

export const SVIX_ID = 'svix-id';
export const SVIX_TIMESTAMP = 'svix-timestamp';
export const SVIX_SIGNATURE = 'svix-signature';
const SECRET_PREFIX = 'whsec_';

export interface SvixMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string | Uint8Array;
}

/** @throws TypeError for a secret that is not `whsec_`, DOMException for one that is not base64 */
export function signSvix({ id, timestamp, body }: SvixMessage, secret: string): Eventually<string> {
  const mac = hashing.hmacSha256(secretBytes(secret), `${id}.${timestamp}.`, body, 'base64');
  return typeof mac === 'string' ? named(mac) : mac.then(named);
}

const named = (mac: string): string => `v1,${mac}`;

function secretBytes(secret: string): Uint8Array {
  if (!secret.startsWith(SECRET_PREFIX)) throw new TypeError('A webhook secret begins with whsec_');
  return fromBase64(secret.slice(SECRET_PREFIX.length));
}

/** `whsec_` and at least one byte as base64: a key without a byte is everybody's. */
export function isSvixSecret(secret: string): boolean {
  try {
    return secretBytes(secret).length > 0;
  } catch {
    return false;
  }
}

export const svixSecret = (bytes: Uint8Array): string => SECRET_PREFIX + toBase64(bytes);
