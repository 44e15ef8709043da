/** What all three systems sign webhooks with: bytes, hexadecimal, HMAC, and a comparison that tells nothing by its time. */
const utf8 = new TextEncoder();

export function toBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? utf8.encode(body) : body;
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Two runs of bytes as one. */
export function joinBytes(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}

/** HMAC-SHA256 over what stands before a body, and the body's own bytes. */
export async function hmacSha256(
  key: Uint8Array,
  head: string,
  body: string | Uint8Array,
): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const hmac = { name: 'HMAC', hash: 'SHA-256' } as const;
  const imported = await subtle.importKey('raw', new Uint8Array(key), hmac, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', imported, joinBytes(utf8.encode(head), toBytes(body))));
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
