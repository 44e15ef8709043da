/** The tag of a frame that shows the hosted cashier: made by the element in the page, or by the backend in its HTML. */

/** No top navigation: where the page goes is the page's to decide. */
export const FRAME_SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

/** Each for the cashier's origin alone. */
const FEATURES = ['payment', 'publickey-credentials-get', 'clipboard-write'];

/** What a hosted page needs to say hello: which element it belongs to, and to whom it may speak. */
export interface Embedder {
  /** 128 bit, 32 hexadecimal digits. */
  readonly nonce: string;
  /** The exact origin of the page that holds the frame. */
  readonly origin: string;
}

export interface PageAddress {
  readonly cashierUrl: URL;
  /** Absent when the page is loaded before there is a token; it then travels over the port. */
  readonly token?: string | undefined;
  readonly lang?: string | undefined;
}

/** The hosted cashier in a window of its own: token and language as query. */
export function pageUrl({ cashierUrl, token, lang }: PageAddress): URL {
  const url = new URL(cashierUrl);
  if (token !== undefined) url.searchParams.set('token', token);
  if (lang !== undefined) url.searchParams.set('lang', lang);
  return url;
}

/** The hosted cashier for one element: nonce and embedder as fragment, which is neither sent to servers nor referred. */
export function frameUrl(address: PageAddress & Embedder): string {
  const url = pageUrl(address);
  url.hash = embedderFragment(address);
  return url.href;
}

export const embedderFragment = ({ nonce, origin }: Embedder): string =>
  `#kassa=${nonce}&embedder=${encodeURIComponent(origin)}`;

/** The attributes that no frame of a hosted cashier is without, as HTML has them. */
export const frameAttributes = (address: PageAddress & Embedder) => ({
  sandbox: FRAME_SANDBOX,
  allow: FEATURES.map((feature) => `${feature} ${address.cashierUrl.origin}`).join('; '),
  referrerpolicy: 'strict-origin',
  src: frameUrl(address),
});
