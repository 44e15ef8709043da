/** How a frame's URL carries what the frame needs to answer. */
import { safeUrl } from '../model/safe-url.ts';

/** What a hosted page needs to say hello: which element it belongs to, and to whom it may speak. */
export interface Embedder {
  /** 128 bit, 32 hexadecimal digits. */
  readonly nonce: string;
  /** The exact origin of the page that holds the frame. */
  readonly origin: string;
}

/** The fragment is used because it is neither sent to servers nor part of a Referer. */
export function embedderFragment({ nonce, origin }: Embedder): string {
  return `#${new URLSearchParams({ kassa: nonce, embedder: origin }).toString()}`;
}

/** Reads what `embedderFragment` wrote; `undefined` when the page was opened by itself. */
export function readEmbedder(fragment: string): Embedder | undefined {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const nonce = values.get('kassa');
  const origin = values.get('embedder');
  if (nonce === null || origin === null || !/^[0-9a-f]{32}$/.test(nonce)) return undefined;
  const url = safeUrl(origin);
  return url?.origin === origin ? { nonce, origin } : undefined;
}

export interface FrameAddress extends Embedder {
  readonly cashierUrl: URL;
  /** Absent when the page is loaded before there is a token; it then travels over the port. */
  readonly token?: string;
  readonly lang?: string;
}

/** The address of the hosted cashier for one element: token and language as query, nonce and embedder as fragment. */
export function frameUrl({ cashierUrl, token, lang, ...embedder }: FrameAddress): string {
  const url = new URL(cashierUrl);
  if (token !== undefined) url.searchParams.set('token', token);
  if (lang !== undefined) url.searchParams.set('lang', lang);
  url.hash = embedderFragment(embedder);
  return url.href;
}
