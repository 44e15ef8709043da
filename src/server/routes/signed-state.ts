/**
 * What comes back with a shopper from 3-D Secure: which order it was, signed, and never how it ended. Return requests
 * carry no cookie that could be relied on (a cross-site POST brings none that is SameSite=Lax), so the URL must do.
 */
import { equalInConstantTime, hmacSha256, toBytes, toHex } from '../../wire/signing.ts';

/** A challenge may take ten minutes; the shopper may dawdle before it. */
const LIFE_MS = 60 * 60_000;

const hmac = async (text: string, secret: string): Promise<string> =>
  toHex(await hmacSha256(toBytes(secret), '', text));

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
