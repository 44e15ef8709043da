/**
 * The signature on Nixo's webhooks in the sandbox: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. No document of
 * Nixo's shows one; a real account may need another scheme.
 */
import { toBytes } from './signature.ts';

export const NIXO_SIGNATURE_HEADER = 'nixo-signature';

export async function signNixo(
  body: string | Uint8Array,
  timestamp: number,
  secret: string,
): Promise<string> {
  const head = toBytes(`${timestamp}.`);
  const bytes = toBytes(body);
  const signed = new Uint8Array(head.length + bytes.length);
  signed.set(head);
  signed.set(bytes, head.length);
  const key = await globalThis.crypto.subtle.importKey(
    'raw',
    new Uint8Array(toBytes(secret)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', key, signed));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
