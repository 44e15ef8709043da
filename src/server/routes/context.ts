/** What the routes share. */
import type { Gateway } from '../gateway/client.ts';
import type { Acceptance } from '../orders/accept.ts';
import type { OrderBook } from '../orders/book.ts';
import type { OrderEvent } from '../orders/order.ts';
import { Refusal } from './answers.ts';
import type { Keys } from './keys.ts';
import type { Shop } from './shop-order.ts';
import type { StatusSource } from './status-source.ts';

export interface RouteContext extends Shop {
  readonly gateway: Gateway;
  readonly book: OrderBook<unknown>;
  /** Judges an event, runs the shop's handlers and writes it down. */
  readonly accept: (event: OrderEvent) => Promise<Acceptance>;
  readonly statusSource: StatusSource;
  /** Tells the shop of what went wrong. Never throws. */
  readonly tell: (error: unknown) => void;
  readonly basePath: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly keys: Keys;
  readonly shopUrl: (trackingId: string) => string;
}

/**
 * The origin of the shop's page. Behind a proxy that ends TLS the request's own URL says http; the browser's `Origin`
 * header says what the page really is, and is taken when it names the same host.
 */
export function pageOrigin(request: Request): string {
  const own = new URL(request.url);
  const claimed = request.headers.get('origin');
  if (claimed !== null && URL.canParse(claimed) && new URL(claimed).host === own.host) return claimed;
  return own.origin;
}

/** A page of another site may not open a cashier in this shopper's name. */
export function refuseForeignPage(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const foreignSite = site !== null && site !== 'same-origin' && site !== 'none';
  const foreignOrigin =
    origin !== null && (!URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host);
  if (!foreignSite && !foreignOrigin) return;
  throw new Refusal(
    403,
    'foreign-page',
    'This route answers only pages of its own origin.',
    'Mount Kassa’s routes on the origin of the page that holds the element.',
  );
}
