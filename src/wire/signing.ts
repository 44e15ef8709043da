/**
 * What all three systems sign webhooks with: hashes, and a comparison that tells nothing by its time.
 *
 * `node:crypto` answers at once (Node, Bun, Deno, Workers with Node's modules); Web Crypto, which is everywhere, by
 * promises that cost twenty times the hash itself. Which of the two is asked of the process at run time, because an
 * import of `node:crypto` would keep every file above this one off the edge.
 */
import { hexOf } from '../model/ids.ts';

/** Now, or later: `await` takes both. */
export type Eventually<T> = T | Promise<T>;

/** Not by its class: a library may have put another one in the place of `Promise`, and what it awaits is then none of it. */
export const isLater = <T>(value: Eventually<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && 'then' in value;

/** What is made of it: at once where it is there, as an `await` costs a tenth of a webhook. */
export const afterwards = <T, R>(value: Eventually<T>, make: (value: T) => R): Eventually<R> =>
  isLater(value) ? value.then(make) : make(value);

/** Text is hashed as UTF-8. */
type Bytes = string | Uint8Array;

export interface Hashing {
  /** SHA-1 of a body and the text right behind it, in hexadecimal of lower case. */
  sha1(body: Bytes, tail: string): Eventually<string>;
  /** HMAC-SHA256 of a body and the text right before it. */
  hmacSha256(key: Bytes, head: string, body: Bytes, form: 'hex' | 'base64'): Eventually<string>;
}

/** What is used of `node:crypto`. `hash`, in one go, came with Node 20.12, and is not in every other runtime. */
export interface NodeCrypto {
  readonly createHash: (algorithm: string) => NodeHash;
  readonly createHmac: (algorithm: string, key: Bytes) => NodeHash;
  readonly hash?: (algorithm: string, data: string, form: 'hex') => string;
}

interface NodeHash {
  update(data: Bytes): NodeHash;
  digest(form: 'hex' | 'base64'): string;
}

/** Up to here a text is hashed faster than its bytes: to join two is cheaper than a hash object, or a turn of one. */
export const SHORT_TEXT = 2_048;

export function nodeHashing({ createHash, createHmac, hash }: NodeCrypto): Hashing {
  return {
    sha1: (body, tail) =>
      hash && typeof body === 'string' && body.length < SHORT_TEXT
        ? hash('sha1', body + tail, 'hex')
        : createHash('sha1').update(body).update(tail).digest('hex'),
    hmacSha256(key, head, body, form) {
      const hmac = createHmac('sha256', key);
      const isShort = typeof body === 'string' && body.length < SHORT_TEXT;
      return (isShort ? hmac.update(head + body) : hmac.update(head).update(body)).digest(form);
    },
  };
}

export const webHashing: Hashing = {
  async sha1(body, tail) {
    return hexOf(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-1', joinBytes(body, tail))));
  },
  async hmacSha256(key, head, body, form) {
    const { subtle } = globalThis.crypto;
    const hmac = { name: 'HMAC', hash: 'SHA-256' } as const;
    const imported = await subtle.importKey('raw', joinBytes(key), hmac, false, ['sign']);
    const mac = new Uint8Array(await subtle.sign('HMAC', imported, joinBytes(head, body)));
    return form === 'hex' ? hexOf(mac) : toBase64(mac);
  },
};

/** `getBuiltinModule` came with Node 20.16 and 22.3; before, Web Crypto does. */
function findNodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => NodeCrypto | undefined };
  };
  return process?.getBuiltinModule?.('node:crypto');
}

const nodeCrypto = findNodeCrypto();
export const hashing: Hashing = nodeCrypto ? nodeHashing(nodeCrypto) : webHashing;

const utf8 = new TextEncoder();

export const toBytes = (text: Bytes): Uint8Array => (typeof text === 'string' ? utf8.encode(text) : text);

function joinBytes(head: Bytes, tail: Bytes = ''): Uint8Array<ArrayBuffer> {
  const [first, second] = [toBytes(head), toBytes(tail)];
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** @throws DOMException for what is no base64 */
export function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
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
