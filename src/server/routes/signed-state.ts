/**
 * What comes back with a shopper from 3-D Secure: which order it was, signed, and never how it ended. Return requests
 * carry no cookie that could be relied on (a cross-site POST brings none that is SameSite=Lax), so the URL must do.
 */
import { equalInConstantTime } from '../../wire/signature.ts';

/** A challenge may take ten minutes; the shopper may dawdle before it. */
const LIFE_MS = 60 * 60_000;

const utf8 = new TextEncoder();

async function hmac(text: string, secret: string): Promise<string> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const bytes = new Uint8Array(await subtle.sign('HMAC', key, utf8.encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function signState(trackingId: string, now: number, secret: string): Promise<string> {
  const expires = (now + LIFE_MS).toString(36);
  return `${expires}.${await hmac(`${expires}.${trackingId}`, secret)}.${trackingId}`;
}

/** The tracking id, if the state is ours and not too old. */
export async function readState(state: string, now: number, secret: string): Promise<string | undefined> {
  const match = /^([0-9a-z]{1,11})\.([0-9a-f]{64})\.(.{1,128})$/s.exec(state);
  if (!match) return undefined;
  const [, expires = '', signature = '', trackingId = ''] = match;
  const right = equalInConstantTime(await hmac(`${expires}.${trackingId}`, secret), signature);
  return right && Number.parseInt(expires, 36) >= now ? trackingId : undefined;
}
