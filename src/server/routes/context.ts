/** What the routes share. */
import type { Flow } from '../../model/flows.ts';
import type { Gateway } from '../gateway/client.ts';
import type { Inbox, StatusChange } from '../inbox/inbox.ts';
import type { CashierOrder } from '../../wire/gateway/orders.ts';
import type { StatusSource } from './status-source.ts';
import type { Origins } from './origin.ts';

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
  readonly origins: Origins;
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
