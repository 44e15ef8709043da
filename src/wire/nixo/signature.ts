/**
 * The signature on Nixo's webhooks in the sandbox: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. No document of
 * Nixo's shows one; a real account may need another scheme.
 */
import { hmacSha256, toBytes, toHex } from '../signing.ts';

export const NIXO_SIGNATURE_HEADER = 'nixo-signature';

export async function signNixo(
  body: string | Uint8Array,
  timestamp: number,
  secret: string,
): Promise<string> {
  return toHex(await hmacSha256(toBytes(secret), `${timestamp}.`, body));
}
