/**
 * The gateway's webhook signature: upper-case hexadecimal SHA-1 of the body immediately followed by the signature
 * password. What is signed is the compact JSON, byte for byte (its documents, "Webhooks"; the published hash
 * `5FDD…48BC` settles which form). It is no MAC and has no timestamp, so receivers also refuse replays by state.
 */
import { joinBytes, toBytes, toHex } from '../signing.ts';

export const SIGNATURE_HEADER = 'x-signature';

const SIGNATURE = /^[0-9A-Fa-f]{40}$/;

export async function signGatewayBody(body: string | Uint8Array, password: string): Promise<string> {
  const signed = joinBytes(toBytes(body), toBytes(password));
  const digest = await globalThis.crypto.subtle.digest('SHA-1', signed);
  return toHex(new Uint8Array(digest)).toUpperCase();
}

/** A strict form first: lenient hex decoders accept trailing junk, and unequal lengths make comparers throw. */
export function isSignatureForm(signature: string): boolean {
  return SIGNATURE.test(signature);
}
