/** What the routes share. */
import type { Gateway } from '../gateway/operations.ts';
import type { Acceptance } from '../orders/accept.ts';
import type { OrderBook } from '../orders/book.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { AskHealth } from './health.ts';
import type { Keys } from './keys.ts';
import type { Origins } from './origin.ts';
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
  readonly origins: Origins;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly keys: Keys;
  readonly shopUrl: (trackingId: string) => string;
  readonly shopName: string | undefined;
  readonly telemetry: Telemetry;
  readonly health: AskHealth;
}
