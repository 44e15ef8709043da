/** Which URLs Kassa opens, and how a frame's URL carries what the frame needs to answer. */

/** Hosts that never leave the machine. WHATWG parsing has already folded 127.1, 0x7f.1 and the like to 127.x.y.z. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.[0-9]{1,3}){3}$/.test(hostname)
  );
}

/**
 * The URL if Kassa may open it: https, or http on loopback, and no user name or password in it.
 * Schemes are compared whole: `blob:https://shop.example/…` has an https origin and is still refused.
 */
export function safeUrl(value: string, base?: string): URL | undefined {
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    return undefined;
  }
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : undefined;
}

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
