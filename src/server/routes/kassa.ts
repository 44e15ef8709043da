/** The shop's four routes as one web-standard handler. */
import { cryptoRandom, uuid } from '../../model/ids.ts';
import type { Session } from '../../wire/session.ts';
import type { Gateway } from '../gateway/client.ts';
import type { Inbox, StatusChange } from '../inbox/inbox.ts';
import { createMemoryInbox } from '../inbox/memory.ts';
import { Refusal } from './answers.ts';
import type { Asked, OrderAnswer, RouteContext } from './context.ts';
import { createOrigins, type OriginOptions, readOriginOption } from './origin.ts';
import { receiveReturn } from './return.ts';
import { mintSession, openSession, returnUrlFor, statusUrlFor, tellAddress } from './session.ts';
import { reportStatus } from './status.ts';
import { createStatusSource } from './status-source.ts';
import { receiveWebhook } from './webhook.ts';

export interface KassaOptions extends OriginOptions {
  readonly gateway: Gateway;
  /**
   * Decides amount, currency and user of what the shopper is about to pay, from the shop's own cart and login; never
   * from what the page sends. `null` refuses with 403, a `Response` refuses in your own words.
   */
  readonly order: (request: Request, asked: Asked) => OrderAnswer | Promise<OrderAnswer>;
  /** Runs exactly once for each verified change. If it throws, the gateway delivers again. Goods go out here. */
  readonly onStatus?: (change: StatusChange) => Promise<void> | void;
  /** Remembers what came in. Default: in the memory of this process. */
  readonly inbox?: Inbox;
  /** Where the routes are mounted. Default `/kassa`. */
  readonly basePath?: string;
  /** Signs return addresses. Default: the gateway's signature password, which stays in the backend anyway. */
  readonly stateSecret?: string;
  /** Where a shopper goes on who comes back without a waiting page. Default `/`. */
  readonly shopUrl?: (trackingId: string) => string;
  /**
   * Told of errors of your own handlers, of your inbox and of the gateway, and of what is mounted wrongly; the shopper
   * gets a readable text instead. Default: `console.error`.
   */
  readonly onError?: (error: unknown) => void;
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
   * For a card that your backend charges itself (`chargeCard`): `returnUrl` goes into its `settings.return_url`, and
   * `statusUrl` to `element.payment`.
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

/** A shop that does not listen still finds what it has to mend. */
function print(error: unknown): void {
  const said = error instanceof Error && 'hint' in error ? `${error.message}\n${String(error.hint)}` : error;
  // eslint-disable-next-line no-console -- only where the shop gave no `onError`
  console.error('[kassa]', said);
}

type Route = (request: Request, context: RouteContext, parameter: string) => Promise<Response>;

const ROUTES: readonly { readonly path: RegExp; readonly methods: Readonly<Record<string, Route>> }[] = [
  { path: /^\/session$/, methods: { GET: tellAddress, POST: openSession } },
  {
    path: /^\/status\/([^/]{1,384})$/,
    methods: { GET: (request, context, id) => reportStatus(request, id, context) },
  },
  { path: /^\/return$/, methods: { GET: receiveReturn, POST: receiveReturn } },
  { path: /^\/webhook$/, methods: { POST: receiveWebhook } },
];

export function createKassa(options: KassaOptions): Kassa {
  const {
    gateway,
    order,
    onStatus,
    basePath = '/kassa',
    now = Date.now,
    inbox = createMemoryInbox({ now }),
  } = options;
  const [password] = [gateway.signaturePassword].flat();
  const onError = options.onError ?? print;
  const context: RouteContext = {
    gateway,
    order,
    inbox,
    now,
    basePath: basePath.replace(/\/+$/, ''),
    statusSource: createStatusSource(gateway, inbox, now),
    onStatus: onStatus ?? (() => undefined),
    onError,
    origins: createOrigins(options, onError),
    newTrackingId: () => uuid(cryptoRandom),
    stateSecret: options.stateSecret ?? `return:${password ?? ''}`,
    shopUrl: options.shopUrl ?? (() => '/'),
  };
  return {
    addresses: async (trackingId, page) => {
      const origin = readOriginOption(page);
      return {
        statusUrl: statusUrlFor(trackingId, origin, await inbox.find(trackingId), context),
        returnUrl: await returnUrlFor(trackingId, origin, context),
      };
    },
    session: async (request, { flow = 'deposit', lang, origin } = {}) => {
      const asked: Asked = lang === undefined ? { flow } : { flow, lang };
      const page = origin === undefined ? context.origins.ofRenderedPage(request) : readOriginOption(origin);
      const answer = await mintSession(request, asked, page, context);
      if (!(answer instanceof Response)) return answer;
      throw new Refusal(
        answer.status,
        'order-refused',
        'Your order function refused with a Response.',
        'A page that is rendered has no use for it: answer null, or ask before you render.',
      );
    },
    fetch: async (request) => {
      try {
        return await route(request, context);
      } catch (error) {
        if (error instanceof Refusal) {
          if (error.forShop !== undefined) context.onError(error.forShop);
          return error.toResponse();
        }
        context.onError(error);
        return new Refusal(
          500,
          'internal',
          'The shop could not do this.',
          'Nothing was charged by this request. Try again.',
        ).toResponse();
      }
    },
  };
}

async function route(request: Request, context: RouteContext): Promise<Response> {
  const { pathname } = new URL(request.url);
  const inside = pathname.startsWith(`${context.basePath}/`) ? pathname.slice(context.basePath.length) : '';
  for (const { path, methods } of ROUTES) {
    const match = path.exec(inside);
    if (!match) continue;
    const handle = methods[request.method];
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
    `It has ${context.basePath}/session, /status/:trackingId, /return and /webhook; set basePath if it is mounted elsewhere.`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
