/** A shop on `createKassa`, in front of a real sandbox whose webhooks it gets only as a test delivers them. */
import assert from 'node:assert/strict';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import type { GatewayOptions } from '../../../src/server/gateway/options.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import type { OrderBook } from '../../../src/server/orders/book.ts';
import type { StatusChange } from '../../../src/server/orders/order.ts';
import { createKassa, type Kassa, type KassaOptions } from '../../../src/server/routes/kassa.ts';
import { type RouteError, routeError, type Session, type StatusReport } from '../../../src/wire/session.ts';
import { gatewayOf, NOON, order, PASSWORD } from '../../sandbox/running.ts';

export const SHOP = 'https://shop.example';

export interface Shop {
  readonly kassa: Kassa;
  readonly book: OrderBook;
  readonly changes: StatusChange[];
  readonly errors: unknown[];
  /** Requests that reached the gateway, as `POST /api/v1/cashier`. */
  readonly asked: string[];
  open(body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  session(body?: unknown): Promise<Session>;
  deliver(body: Readonly<Record<string, unknown>>): Promise<Response>;
  report(statusUrl: string | undefined): Promise<StatusReport>;
}

export interface ShopOptions extends Partial<KassaOptions> {
  readonly gatewayOptions?: Partial<GatewayOptions>;
}

export function shopOf(
  sandbox: RunningSandbox,
  trackingId: string,
  { gatewayOptions = {}, ...options }: ShopOptions = {},
): Shop {
  const changes: StatusChange[] = [];
  const errors: unknown[] = [];
  const asked: string[] = [];
  const { fetch: ask = globalThis.fetch } = gatewayOptions;
  const gateway = gatewayOf(sandbox, {
    sleep: () => Promise.resolve(),
    ...gatewayOptions,
    fetch: (url, init) => {
      asked.push(`${init?.method ?? 'GET'} ${pathOf(url).replace('/gateway', '')}`);
      return ask(url, init);
    },
  });
  const book = options.book ?? createMemoryBook({ now: () => NOON });
  const kassa = createKassa({
    gateway,
    order: () => order(trackingId),
    onStatus: (change) => void changes.push(change),
    onError: (error) => errors.push(error),
    now: () => NOON,
    ...options,
    book,
  });
  const open: Shop['open'] = (body = { flow: 'deposit' }, headers = {}) =>
    kassa.fetch(
      new Request(`${SHOP}/kassa/session`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', origin: SHOP, ...headers },
      }),
    );
  return {
    kassa,
    book,
    changes,
    errors,
    asked,
    open,
    session: async (body) => {
      const response = await open(body);
      const answer: unknown = await response.json();
      assert.equal(response.status, 200, JSON.stringify(answer));
      return answer as Session;
    },
    deliver: async (fields) => {
      const body = JSON.stringify({ ...webhook(trackingId), ...fields });
      return kassa.fetch(
        new Request(`${SHOP}/kassa/webhook`, {
          method: 'POST',
          body,
          headers: { 'x-signature': await signWebhook(body, PASSWORD) },
        }),
      );
    },
    report: async (statusUrl) => {
      const response = await kassa.fetch(new Request(String(statusUrl)));
      assert.equal(response.status, 200);
      return (await response.json()) as StatusReport;
    },
  };
}

/** What the sandbox would say of transaction `a` of the documents' order. */
const webhook = (trackingId: string) => ({
  transaction_id: 'a',
  user_id: '128',
  tracking_id: trackingId,
  status: 'successful',
  currency: 'EUR',
  amount: '10.05',
  transaction_type: 'deposit',
});

/** Of a request that a client sends. */
export const pathOf = (url: Parameters<typeof fetch>[0]): string =>
  new URL(url instanceof Request ? url.url : url).pathname;

export const refusalOf = async (response: Response): Promise<RouteError & { readonly status: number }> => ({
  status: response.status,
  ...routeError.parse(await response.json()),
});

export const acceptanceOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { acceptance: string }).acceptance;
