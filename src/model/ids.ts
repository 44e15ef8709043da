/** The source of chance, passed in so that tests can repeat it. Must be cryptographically strong in production. */
export type Random = (length: number) => Uint8Array;

export const cryptoRandom: Random = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

const LOWER_ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const ALPHANUMERIC = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${LOWER_ALPHANUMERIC}`;

/** Draws `length` characters evenly: bytes past the last whole multiple of the alphabet are thrown away. */
export function randomText(random: Random, length: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random(length - text.length)) {
      if (byte < limit) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

/** 50 characters of `[A-Za-z0-9]`, the shape of the gateway's sample token. */
export const cashierToken = (random: Random): string => randomText(random, 50, ALPHANUMERIC);

/** 15 characters of `[a-z0-9]`, the shape of the gateway's sample transaction ids. */
export const gatewayId = (random: Random): string => randomText(random, 15, LOWER_ALPHANUMERIC);

/** 128 bits as 32 hexadecimal digits. */
export const hex128 = (random: Random): string => hexOf(random(16));

/** Two digits a byte, in lower case. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte | 0x100).toString(16).slice(1);
  return text;
}

/** A version 4 UUID (RFC 9562, section 5.4): the tracking id of a shop that brings none of its own. */
export function uuid(random: Random): string {
  const bytes = random(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
