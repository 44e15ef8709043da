/** The shop's routes as one web-standard handler. */
import { languageTag } from '../../model/languages.ts';
import { cryptoRandom, uuid } from '../../model/ids.ts';
import type { Session } from '../../wire/session.ts';
import type { Gateway } from '../gateway/operations.ts';
import { requireSecrets } from '../http/secrets.ts';
import { accept, type Acceptor, decide, type Handlers } from '../orders/accept.ts';
import type { OrderBook } from '../orders/book.ts';
import { createMemoryBook } from '../orders/memory.ts';
import { reconcile, type Reconciliation, type ReconcileOptions } from '../orders/reconcile.ts';
import type { Decision } from '../orders/order.ts';
import type { TelemetryOptions } from '../telemetry/api.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { watchGateway } from '../telemetry/watched-gateway.ts';
import { statusPath, returnUrlFor } from './addresses.ts';
import { Refusal } from './answers.ts';
import { type Card, charge, type Charged, refusedByShop } from './charge.ts';
import type { RouteContext } from './context.ts';
import { createHealth, tellHealth } from './health.ts';
import { createKeys } from './keys.ts';
import { createOrigins, type OriginOptions, readOriginOption } from './origin.ts';
import { receiveReturn } from './return.ts';
import { mintSession, openSession, tellAddress } from './session.ts';
import type { Asked, OrderAnswer } from './shop-order.ts';
import { reportStatus } from './status.ts';
import { createStatusSource } from './status-source.ts';
import { MismatchError, safely, tellConsole } from './tell.ts';
import { receiveWebhook } from './webhook.ts';

export interface KassaOptions<Tx = undefined> extends OriginOptions {
  readonly gateway: Gateway;
  /**
   * Decides amount, currency, user and direction of what the shopper is about to pay, from the shop's own cart and login;
   * never from what the page sends. `null` refuses with 403, a `Response` refuses in your own words.
   */
  readonly order: (request: Request, asked: Asked) => OrderAnswer | Promise<OrderAnswer>;
  /**
   * Runs for each verified change of a transaction, in order. Goods go out here, on `succeeded`; a word that no document
   * explains (`refunded`) has the status `unknown`. If it throws, or does not settle in time, nothing is recorded and the
   * gateway delivers again. With a book in a database, what is done with `tx` is recorded together with the change, or
   * not at all: exactly once. Whatever else it does, it does at least once.
   */
  readonly onStatus?: Handlers<Tx>['onStatus'];
  /**
   * Runs when the gateway signs what was not ordered: another amount, currency, user or direction, a second payment, a
   * success taken back. `accept` makes it count, and `onStatus` is called; `refuse` lets the shopper try again; with
   * neither the page hears that the payment is being checked, until `kassa.decide`. Default: told to `onError`.
   */
  readonly onMismatch?: Handlers<Tx>['onMismatch'];
  /**
   * Where orders are written down. Default: in the memory of this process, which a restart empties: a change may then be
   * told a second time, and a webhook of an order from before has nothing that it could be compared with.
   */
  readonly book?: OrderBook<Tx>;
  /** How long a change may take, handlers included, until the gateway is answered 503. Default 30 000. */
  readonly handlerTimeoutMs?: number;
  /** Where the routes are mounted. Default `/kassa`. */
  readonly basePath?: string;
  /** Keys for the addresses that pages are given are derived from it. Default: the gateway's signature password. */
  readonly stateSecret?: string;
  /** Where a shopper goes on who comes back without a waiting page. Default `/`. */
  readonly shopUrl?: (trackingId: string) => string;
  /** Stands on the page to which a shopper comes back, above amount and order. Default: none. */
  readonly shopName?: string;
  /**
   * Told once of each failure: of your own handlers, of the order book, of the gateway, of webhooks that are refused, of
   * what is mounted wrongly. Errors of Kassa's have a `hint`: what to do. The shopper gets a readable text instead.
   * Default: `console.error`.
   */
  readonly onError?: (error: unknown) => unknown;
  /**
   * OpenTelemetry's tracer and meter, of `@opentelemetry/api`: `{ tracer: trace.getTracer('kassa'), meter:
   * metrics.getMeter('kassa') }`. Spans and counters hold no id, amount, name or secret. Default: none.
   */
  readonly telemetry?: TelemetryOptions;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export interface Kassa {
  /** `app.all('/kassa/*', …)` in any framework that speaks `Request` and `Response`. */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * A session for a page that your backend renders, by the same `order` as the route: give it to `renderCashier`.
   * Throws with `code`, `message` and `hint` when there is nothing to pay, the order is paid, or the gateway refuses.
   */
  readonly session: (request: Request, asked?: Partial<Asked> & PageAsked) => Promise<Session>;
  /**
   * Charges a card of the order that `order` answers, from server to server: for shops that hold PCI DSS certification
   * for card data. Give what comes back to `element.payment`. An order has one charge under way: a second click gets the
   * first one's answer, and when the gateway leaves an end open, the page follows the status to it.
   *
   * @throws InputError for a malformed card, ApiError for what the gateway refuses: nothing was charged
   */
  readonly charge: (request: Request, card: Card, page?: PageAsked) => Promise<Charged>;
  /**
   * Your word on a transaction that did not match its order. Answers whether there was one to decide; `accept` calls
   * `onStatus`.
   */
  readonly decide: (
    transaction: { readonly trackingId: string; readonly transactionId: string },
    decision: Decision,
  ) => Promise<boolean>;
  /**
   * Walks the gateway's list and takes what webhooks missed, by the same judge and handlers; tells what that was. Call it
   * as often as you like, from any number of instances: one at a time is at it, and a second finds nothing new.
   *
   * @throws InputError for a `since` that is no time, ApiError when the gateway gives no list
   */
  readonly reconcile: (options?: ReconcileOptions) => Promise<Reconciliation>;
  /**
   * For an order that your own code opens at the gateway: `returnUrl` goes into its `settings.return_url`, and
   * `statusUrl` to the page. Its webhooks are not held against what was ordered, which this book does not know.
   */
  readonly addresses: (trackingId: string, origin: string) => Promise<Addresses>;
}

export interface Addresses {
  readonly statusUrl: string;
  readonly returnUrl: string;
}

export interface PageAsked {
  /** The exact origin of the page. Default: the `origin` of the options, else that of the request. */
  readonly origin?: string;
}

type Route = (request: Request, context: RouteContext, parameter: string) => Promise<Response>;

interface RouteEntry {
  /** As telemetry names it. */
  readonly name: string;
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Route>>;
}

const ROUTES: readonly RouteEntry[] = [
  { name: '/session', path: /^\/session$/, methods: { GET: tellAddress, POST: openSession } },
  {
    name: '/status/:trackingId',
    path: /^\/status\/([^/]{1,1152})$/,
    methods: { GET: (request, context, id) => reportStatus(request, id, context) },
  },
  { name: '/return', path: /^\/return$/, methods: { GET: receiveReturn, POST: receiveReturn } },
  { name: '/webhook', path: /^\/webhook$/, methods: { POST: receiveWebhook } },
  { name: '/health', path: /^\/health$/, methods: { GET: tellHealth } },
];

const HANDLER_TIMEOUT_MS = 30_000;

export function createKassa<Tx = undefined>(options: KassaOptions<Tx>): Kassa {
  const { order, basePath = '/kassa', now = Date.now, shopUrl = () => '/', shopName } = options;
  const telemetry = createTelemetry(options.telemetry);
  const { gateway, reachability } = watchGateway(options.gateway, telemetry);
  // Only where `Tx` is left to be `undefined` may the book be left out, and that is what the book in memory gives.
  const book = options.book ?? (createMemoryBook({ now }) as OrderBook<Tx>);
  const tell = safely(options.onError ?? tellConsole);
  const acceptor: Acceptor<Tx> = {
    book,
    now,
    deadlineMs: options.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS,
    handlers: {
      onStatus: options.onStatus ?? (() => undefined),
      onMismatch: options.onMismatch ?? ((change, known) => tell(new MismatchError(change, known))),
    },
  };
  const context: RouteContext = {
    gateway,
    order,
    book,
    now,
    tell,
    shopUrl,
    shopName,
    telemetry,
    health: createHealth({ book, reachability }),
    accept: (event) => telemetry.accept(() => accept(event, acceptor)),
    basePath: basePath.replace(/\/+$/, ''),
    statusSource: createStatusSource({ gateway, book, now, tell }),
    origins: createOrigins(options, tell),
    newTrackingId: () => uuid(cryptoRandom),
    keys: createKeys(
      requireSecrets(
        'createKassa',
        options.stateSecret ?? gateway.signaturePassword,
        'stateSecret',
        'Leave it out, or give a long random text that is the same in every instance.',
      ),
    ),
  };
  const pageOf = (request: Request, origin: string | undefined): string =>
    origin === undefined ? context.origins.ofRenderedPage(request) : readOriginOption(origin);
  return {
    addresses: async (trackingId, page) => {
      const origin = readOriginOption(page);
      return {
        statusUrl: origin + (await statusPath(trackingId, context)),
        returnUrl: await returnUrlFor(trackingId, origin, context),
      };
    },
    decide: (transaction, decision) => decide(transaction, decision, acceptor),
    reconcile: (asked = {}) => reconcile(asked, context),
    charge: (request, card, { origin } = {}) => charge(request, card, pageOf(request, origin), context),
    session: async (request, { flow = 'deposit', lang, origin } = {}) => {
      const tag = languageTag(lang);
      const asked: Asked = tag === undefined ? { flow } : { flow, lang: tag };
      const answer = await mintSession(request, asked, pageOf(request, origin), context);
      if (!(answer instanceof Response)) return answer;
      throw refusedByShop(answer);
    },
    fetch: (request) =>
      telemetry.request(request.method, nameOf(request, context), () => answer(request, context)),
  };
}

async function answer(request: Request, context: RouteContext): Promise<Response> {
  try {
    return await route(request, context);
  } catch (error) {
    if (error instanceof Refusal) {
      if (error.forShop !== undefined) context.tell(error.forShop);
      return error.toResponse();
    }
    context.tell(error);
    return new Refusal(
      500,
      'internal',
      'The shop could not do this.',
      'Nothing was charged by this request. Try again.',
    ).toResponse();
  }
}

/** The path below Kassa's own; empty for one that is not hers. */
function insideOf(request: Request, { basePath }: RouteContext): string {
  const { pathname } = new URL(request.url);
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : '';
}

function nameOf(request: Request, context: RouteContext): string {
  const inside = insideOf(request, context);
  return context.basePath + (ROUTES.find(({ path }) => path.test(inside))?.name ?? '/*');
}

async function route(request: Request, context: RouteContext): Promise<Response> {
  const { pathname } = new URL(request.url);
  const inside = insideOf(request, context);
  for (const { path, methods } of ROUTES) {
    const match = path.exec(inside);
    if (!match) continue;
    // A method may have any name, that of a property of every object included.
    const handle = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
    if (handle) return handle(request, context, decode(match[1] ?? ''));
    const allow = Object.keys(methods).join(', ');
    throw new Refusal(405, 'method-not-allowed', `${pathname} takes ${allow}.`, 'Use that method.', {
      headers: { allow },
    });
  }
  throw new Refusal(
    404,
    'no-such-route',
    `Kassa has no route ${pathname}.`,
    `It has ${context.basePath}/session, /status/:trackingId, /return, /webhook and /health; set basePath if it is mounted elsewhere.`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
