/** What the routes share. */
import type { Flow } from '../../model/flows.ts';
import type { Gateway } from '../gateway/client.ts';
import type { Inbox, StatusChange } from '../inbox/inbox.ts';
import type { CashierOrder } from '../../wire/gateway/orders.ts';
import type { StatusSource } from './status-source.ts';
import { Refusal } from './answers.ts';

/** What the shop's code says about an order. `trackingId` may be left out; `providerId` is for the direct flow. */
export type ShopOrder = Omit<CashierOrder, 'trackingId'> & {
  readonly trackingId?: string;
  readonly providerId?: string | number;
};

export interface RouteContext {
  readonly gateway: Gateway;
  readonly order: (request: Request, asked: Asked) => OrderAnswer | Promise<OrderAnswer>;
  readonly inbox: Inbox;
  readonly statusSource: StatusSource;
  readonly onStatus: (change: StatusChange) => Promise<void> | void;
  readonly onError: (error: unknown) => void;
  readonly basePath: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newTrackingId: () => string;
  readonly stateSecret: string;
  readonly shopUrl: (trackingId: string) => string;
}

/** What the page asks for. Everything that costs money is the shop's to say. */
export interface Asked {
  readonly flow: Flow;
  readonly lang?: string;
}

/** `null` refuses; a `Response` refuses in the shop's own words. */
export type OrderAnswer = ShopOrder | null | Response;

/** Where the status of an order is told, under the shop's origin. */
export const statusPath = (trackingId: string, { basePath }: Pick<RouteContext, 'basePath'>): string =>
  `${basePath}/status/${encodeURIComponent(trackingId)}`;

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
