/**
 * The gateway's webhook signature: upper-case hexadecimal SHA-1 of the body immediately followed by the signature
 * password. What is signed is the compact JSON, byte for byte (its documents, "Webhooks"; the published hash
 * `5FDD…48BC` settles which form). It is no MAC and has no timestamp, so receivers also refuse replays by state.
 */
export const SIGNATURE_HEADER = 'x-signature';

const SIGNATURE = /^[0-9A-Fa-f]{40}$/;

const utf8 = new TextEncoder();

export function toBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? utf8.encode(body) : body;
}

export async function signGatewayBody(body: string | Uint8Array, password: string): Promise<string> {
  const bytes = toBytes(body);
  const suffix = utf8.encode(password);
  const signed = new Uint8Array(bytes.length + suffix.length);
  signed.set(bytes);
  signed.set(suffix, bytes.length);
  const digest = await globalThis.crypto.subtle.digest('SHA-1', signed);
  return toHex(new Uint8Array(digest)).toUpperCase();
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** HMAC-SHA256 over what stands before a body, and the body's own bytes. */
export async function hmacSha256(
  key: Uint8Array,
  head: string,
  body: string | Uint8Array,
): Promise<Uint8Array> {
  const before = utf8.encode(head);
  const bytes = toBytes(body);
  const signed = new Uint8Array(before.length + bytes.length);
  signed.set(before);
  signed.set(bytes, before.length);
  const { subtle } = globalThis.crypto;
  const hmac = { name: 'HMAC', hash: 'SHA-256' } as const;
  const imported = await subtle.importKey('raw', new Uint8Array(key), hmac, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, signed));
}

/** A strict form first: lenient hex decoders accept trailing junk, and unequal lengths make comparers throw. */
export function isSignatureForm(signature: string): boolean {
  return SIGNATURE.test(signature);
}

/** Compares two texts of equal length in a time that does not depend on where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  }
  return difference === 0;
}
