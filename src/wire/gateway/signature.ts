/**
 * The gateway's webhook signature: upper-case hexadecimal SHA-1 of the body immediately followed by the signature
 * password. What is signed is the compact JSON, byte for byte (its documents, "Webhooks"; the published hash
 * `5FDD…48BC` settles which form). It is no MAC and has no timestamp, so receivers also refuse replays by state.
 */
import { type Eventually, hashing } from '../signing.ts';

export const SIGNATURE_HEADER = 'x-signature';

const SIGNATURE = /^[0-9A-Fa-f]{40}$/;

/** In lower case, which compares as well; at once where the runtime can. */
export const gatewayDigest = (body: string | Uint8Array, password: string): Eventually<string> =>
  hashing.sha1(body, password);

export async function signGatewayBody(body: string | Uint8Array, password: string): Promise<string> {
  return (await gatewayDigest(body, password)).toUpperCase();
}

/** A strict form first: lenient hex decoders accept trailing junk, and unequal lengths make comparers throw. */
export function isSignatureForm(signature: string): boolean {
  return SIGNATURE.test(signature);
}
