/**
 * Svix's webhook signature, which Nxos uses: HMAC-SHA256 over `id.timestamp.body` with the bytes of the secret (base64
 * after `whsec_`), as `v1,<base64>`. A header may carry several, parted by blanks, while a secret is replaced.
 */
import { hmacSha256 } from '../signing.ts';

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

/** @throws TypeError for a secret that is not `whsec_` and base64 */
export async function signSvix({ id, timestamp, body }: SvixMessage, secret: string): Promise<string> {
  const mac = await hmacSha256(secretBytes(secret), `${id}.${timestamp}.`, body);
  return `v1,${btoa(String.fromCharCode(...mac))}`;
}

function secretBytes(secret: string): Uint8Array {
  if (!secret.startsWith(SECRET_PREFIX)) throw new TypeError('A webhook secret begins with whsec_');
  const text = atob(secret.slice(SECRET_PREFIX.length));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** `whsec_` and at least one byte as base64: a key without a byte is everybody's. */
export function isSvixSecret(secret: string): boolean {
  try {
    return secretBytes(secret).length > 0;
  } catch {
    return false;
  }
}

export const svixSecret = (bytes: Uint8Array): string => SECRET_PREFIX + btoa(String.fromCharCode(...bytes));
