/**
 * What comes back with a shopper from 3-D Secure: which order it was, signed, and never how it ended. Return requests
 * carry no cookie that could be relied on (a cross-site POST brings none that is SameSite=Lax), so the URL must do.
 */
import type { Keys } from './keys.ts';

/** A challenge may take ten minutes; the shopper may dawdle before it. */
const LIFE_MS = 60 * 60_000;

export async function signState(trackingId: string, now: number, keys: Keys): Promise<string> {
  const expires = (now + LIFE_MS).toString(36);
  return `${expires}.${await keys.sign('return', `${expires}.${trackingId}`)}.${trackingId}`;
}

/** The tracking id, if the state is ours and not too old. */
export async function readState(state: string, now: number, keys: Keys): Promise<string | undefined> {
  const match = /^([0-9a-z]{1,11})\.([0-9a-f]{64})\.(.{1,128})$/s.exec(state);
  if (!match) return undefined;
  const [, expires = '', signature = '', trackingId = ''] = match;
  const isRight = await keys.isSigned('return', `${expires}.${trackingId}`, signature);
  return isRight && Number.parseInt(expires, 36) >= now ? trackingId : undefined;
}
