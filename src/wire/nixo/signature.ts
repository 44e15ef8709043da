/**
 * The signature on Nixo's webhooks in the sandbox: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. No document of
 * Nixo's shows one; a real account may need another scheme.
 */
import { type Eventually, hashing } from '../signing.ts';

export const NIXO_SIGNATURE_HEADER = 'nixo-signature';

export const signNixo = (body: string | Uint8Array, timestamp: number, secret: string): Eventually<string> =>
  hashing.hmacSha256(secret, `${timestamp}.`, body, 'hex');
