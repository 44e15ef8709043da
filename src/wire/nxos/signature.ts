/**
 * Svix's webhook signature, which Nxos uses: HMAC-SHA256 over `id.timestamp.body` with the bytes of the secret (base64
 * after `whsec_`), as `v1,<base64>`. A header may carry several, parted by blanks, while a secret is replaced.
 */
import { afterwards, type Eventually, fromBase64, hashing, toBase64 } from '../signing.ts';

export const SVIX_ID = 'svix-id';
export const SVIX_TIMESTAMP = 'svix-timestamp';
export const SVIX_SIGNATURE = 'svix-signature';
const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1,';

export interface SvixMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string | Uint8Array;
}

/** @throws TypeError for a secret that is not `whsec_` and base64 */
export function signSvix(message: SvixMessage, secret: string): Eventually<string> {
  const key = svixKey(secret);
  if (!key) throw new TypeError('A webhook secret is whsec_ and base64');
  return afterwards(svixMac(message, key), (mac) => `${VERSION}${mac}`);
}

export const svixMac = ({ id, timestamp, body }: SvixMessage, key: Uint8Array): Eventually<string> =>
  hashing.hmacSha256(key, `${id}.${timestamp}.`, body, 'base64');

/** All that a header carries of the one version there is. */
export function svixMacs(header: string): readonly string[] {
  const macs: string[] = [];
  for (const it of header.split(' ')) {
    if (it.startsWith(VERSION)) macs.push(it.slice(VERSION.length));
  }
  return macs;
}

/** A shop has one, and it is read with each webhook: that took a seventh of the check. */
let lastRead: { readonly secret: string; readonly key: Uint8Array | undefined } | undefined;

/** The bytes of a `whsec_…`; `undefined` for what is none, and for one without a byte: that key is everybody's. */
export function svixKey(secret: string): Uint8Array | undefined {
  if (lastRead?.secret !== secret) lastRead = { secret, key: readKey(secret) };
  return lastRead.key;
}

function readKey(secret: string): Uint8Array | undefined {
  if (!secret.startsWith(SECRET_PREFIX)) return undefined;
  try {
    const bytes = fromBase64(secret.slice(SECRET_PREFIX.length));
    return bytes.length > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

export const svixSecret = (bytes: Uint8Array): string => SECRET_PREFIX + toBase64(bytes);
