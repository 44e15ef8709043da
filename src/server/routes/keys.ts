/**
 * Signs what Kassa hands to a browser and wants to know again: the address of a status, and where a shopper comes back.
 * Each use has a key of its own, derived from the secret (HMAC-SHA256 under a label, as in HKDF's expansion, RFC 5869):
 * a signature made for one says nothing about another, and none of them is made with the bare password.
 */
import { equalInConstantTime, type Eventually, fromBase64, hashing } from '../../wire/signing.ts';

const LABELS = { status: 'kassa status address 1', return: 'kassa return state 1' } as const;
export type KeyUse = keyof typeof LABELS;

export interface Keys {
  /** 64 hexadecimal digits. */
  sign(use: KeyUse, text: string): Promise<string>;
  /** By the newest secret, or by one that is being replaced. */
  isSigned(use: KeyUse, text: string, signature: string): Promise<boolean>;
}

/** @param secrets newest first, none of them empty */
export function createKeys(secrets: readonly string[]): Keys {
  const derived = new Map<KeyUse, Promise<readonly Uint8Array[]>>();
  const keysOf = (use: KeyUse): Promise<readonly Uint8Array[]> => {
    const known = derived.get(use);
    if (known) return known;
    const made = Promise.all(
      secrets.map(async (secret) => fromBase64(await hashing.hmacSha256(secret, '', LABELS[use], 'base64'))),
    );
    derived.set(use, made);
    return made;
  };
  const signWith = (key: Uint8Array, text: string): Eventually<string> =>
    hashing.hmacSha256(key, '', text, 'hex');

  return {
    async sign(use, text) {
      const [newest] = await keysOf(use);
      if (!newest) throw new TypeError('There is no secret to sign with.');
      return signWith(newest, text);
    },
    async isSigned(use, text, signature) {
      let isRight = false;
      for (const key of await keysOf(use)) {
        if (equalInConstantTime(await signWith(key, text), signature)) isRight = true;
      }
      return isRight;
    },
  };
}
