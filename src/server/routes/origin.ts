/**
 * Which origin the shop's page has. `return_url`, `allowed_origins` and `statusUrl` are made of it, and a page of another
 * origin may not open a cashier in a shopper's name. Proxies change what a server sees of it: many rewrite `Host`, most
 * end TLS, and Next always says localhost. So the shop may say it (`origin`), and where it does not, the browser does:
 * a page's scripts can set neither `Origin` nor `Sec-Fetch-Site` (Fetch Standard, forbidden request-headers).
 */
import { OptionsError } from '../http/client-options.ts';
import { isLoopback } from '../../model/safe-url.ts';
import { Refusal } from './answers.ts';

export interface OriginOptions {
  /**
   * Of the page that holds the tag, such as `https://shop.example`; one or several. Recommended: without it, the origin
   * is what the browser and the request say.
   */
  readonly origin?: string | readonly string[] | undefined;
  /**
   * How many proxies of your own stand before this server: of `X-Forwarded-Host` and `-Proto`, the entry that the
   * outermost of them wrote is believed. Default 0: none is.
   */
  readonly trustedHops?: number | undefined;
}

export interface Origins {
  /** Of the page that asks for a session. Throws a `Refusal` to a page of another origin. */
  readonly ofAskingPage: (request: Request) => string;
  /** Of a page that the backend itself renders: anybody may have linked to it. */
  readonly ofRenderedPage: (request: Request) => string;
}

const CLIENT = 'createKassa';

/** @throws OptionsError */
export function createOrigins(
  { origin = [], trustedHops = 0 }: OriginOptions,
  tell: (error: unknown) => void,
): Origins {
  const listed = [origin].flat().map((text) => readOriginOption(text));
  if (!Number.isInteger(trustedHops) || trustedHops < 0) {
    throw invalid(
      `trustedHops is ${JSON.stringify(trustedHops)}, not a number of proxies.`,
      'Write createKassa({ trustedHops: 1 }) for one proxy of your own, or leave it out.',
    );
  }
  /** Without a list, what the browser says of itself, and else whether it names the host that it asked. */
  const isOurs = (page: string, own: URL, site: string | null): boolean =>
    listed.length > 0
      ? listed.includes(page)
      : site === 'same-origin' || (isHome(site) && isSameHost(page, own));
  const fallback = (own: URL): string =>
    listed.includes(own.origin) ? own.origin : (listed[0] ?? own.origin);

  return {
    ofAskingPage: (request) => {
      const own = ownUrl(request, trustedHops);
      const site = request.headers.get('sec-fetch-site');
      const header = request.headers.get('origin');
      const page = parseOrigin(header ?? '');
      if (page !== undefined && isOurs(page, own, site)) return page;
      if (header !== null || !isHome(site)) throw foreignPage({ page, header, site, own, listed });
      return fallback(own);
    },
    ofRenderedPage: (request) => {
      const own = ownUrl(request, trustedHops);
      const page = parseOrigin(request.headers.get('origin') ?? '');
      if (page !== undefined && isOurs(page, own, request.headers.get('sec-fetch-site'))) return page;
      if (listed.length === 0 && trustedHops === 0) tellOfProxy(request, own, tell);
      return fallback(own);
    },
  };
}

/** What a caller of ours says, exactly an origin. @throws OptionsError */
export function readOriginOption(text: string): string {
  const origin = parseOrigin(text);
  // Scheme and host, in any script and case; a path, a user or a space would be left out silently.
  if (origin !== undefined && /^\w+:\/\/[^\s/@?#\\]+\/?$/.test(text)) {
    const { protocol, hostname } = new URL(origin);
    if (protocol === 'https:' || isLoopback(hostname)) return origin;
    throw invalid(
      `origin ${origin} is not https, so the browser would not show a cashier there.`,
      `Write createKassa({ origin: '${origin.replace('http:', 'https:')}' }); http is for this machine only.`,
    );
  }
  const suggested = origin ?? 'https://shop.example';
  throw invalid(
    `origin is ${quote(text)}, which is not an origin.`,
    `An origin is scheme and host, and a port where there is one, without a path: createKassa({ origin: '${suggested}' }).`,
  );
}

function invalid(message: string, hint: string): OptionsError {
  return new OptionsError({
    code: 'invalid-option',
    message: `${CLIENT}: ${message}`,
    hint,
    retryable: false,
  });
}

/** Only scheme, host and port of it; `undefined` for `null` (a sandboxed frame, a file) and whatever is none. */
function parseOrigin(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}

/** As the outermost of our own proxies was asked. A proxy that sets the header, rather than adds to it, leaves one entry. */
function ownUrl(request: Request, trustedHops: number): URL {
  const own = new URL(request.url);
  if (trustedHops === 0) return own;
  const said = (name: string): string | undefined => {
    const entries = request.headers.get(name)?.split(',') ?? [];
    const entry = entries[Math.max(0, entries.length - trustedHops)]?.trim();
    return entry === '' ? undefined : entry;
  };
  const scheme = said('x-forwarded-proto')?.toLowerCase();
  const base = `${scheme === 'https' || scheme === 'http' ? scheme : own.protocol.slice(0, -1)}://`;
  const forwarded = parseOrigin(base + (said('x-forwarded-host') ?? own.host));
  return forwarded === undefined ? own : new URL(forwarded);
}

/** A proxy that ends TLS leaves `http` in the request's URL, so the scheme is the page's, and with it the default port. */
function isSameHost(page: string, own: URL): boolean {
  const { protocol, host } = new URL(page);
  return parseOrigin(`${protocol}//${own.host}`) === `${protocol}//${host}`;
}

/** Typed into the address bar, of the same origin, or of a client that does not say: no browser of today. */
const isHome = (site: string | null): boolean => site === null || site === 'same-origin' || site === 'none';

const quote = (text: string): string => JSON.stringify(text.slice(0, 100));

/** `null` is what browsers say for it (HTML Standard, 7.1.1). */
const nameless = (header: string): string =>
  header === 'null' ? 'no origin ("null": a file, or a sandboxed frame)' : quote(header);

interface Seen {
  readonly page: string | undefined;
  readonly header: string | null;
  readonly site: string | null;
  readonly own: URL;
  readonly listed: readonly string[];
}

function foreignPage({ page, header, site, own, listed }: Seen): Refusal {
  const seen =
    page ?? (header === null ? `another origin (Sec-Fetch-Site: ${quote(site ?? '')})` : nameless(header));
  const expected = listed.length > 0 ? listed.join(' or ') : `the host ${own.host}`;
  const line = `createKassa({ origin: '${page ?? 'https://shop.example'}' })`;
  return new Refusal(
    403,
    'foreign-page',
    `The page that asked is at ${seen}; Kassa’s routes answer pages of ${expected}.`,
    listed.length > 0
      ? `If that page is yours too, add it: createKassa({ origin: [${[...listed, page ?? 'https://…'].map((text) => `'${text}'`).join(', ')}] }).`
      : `If that page is yours, a proxy changes the host on its way here: write ${line}.`,
    { isForShop: true },
  );
}

/** A page is not asked by script, so nothing says its origin; but a proxy may say that it is not this one. */
function tellOfProxy(request: Request, own: URL, tell: (error: unknown) => void): void {
  const forwarded = ownUrl(request, 1);
  if (forwarded.origin === own.origin) return;
  tell(
    invalid(
      `the page is rendered for ${own.origin}, but a proxy says that the shopper asked ${forwarded.origin}.`,
      `Write createKassa({ origin: '${forwarded.origin}' }), or trustedHops: 1 if that proxy is yours.`,
    ),
  );
}
