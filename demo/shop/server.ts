/** The demo shop's backend: what a merchant would write, in one file. */
import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { streamSSE } from 'hono/streaming';
import {
  createGateway,
  createKassa,
  createNixo,
  createNxos,
  InputError,
  renderCashier,
  type StatusChange,
  verifyNixoWebhook,
  WebhookError,
} from 'kassa/server';
import { StartError } from '../ports.ts';
import { bundleShop } from './bundle.ts';
import { findItem, ITEMS } from './items.ts';
import { Orders } from './orders.ts';
import { readTreasury, Withdrawals } from './withdrawals.ts';

export interface ShopOptions {
  readonly port: number;
  /** Where the gateway is, `http://127.0.0.1:4010/gateway` in the sandbox. */
  readonly gatewayUrl: string;
  /** Where Nixo and Nxos are. Default: beside the gateway, as in the sandbox. */
  readonly nixoUrl?: string;
  readonly nxosUrl?: string;
}

export interface RunningShop {
  readonly url: string;
  close(): Promise<void>;
}

/** The form's fields by the paths of what the client refuses. */
const CARD_FIELDS: Readonly<Record<string, string>> = {
  'card.number': 'number',
  'card.expMonth': 'expiry',
  'card.expYear': 'expiry',
  'card.cvc': 'cvc',
  'card.holderName': 'holderName',
};

const SHOP_NAME = 'Fika';

const CUSTOMER = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  countryCode: 'GB',
} as const;

export async function startShop({
  port,
  gatewayUrl,
  nixoUrl = new URL('nixo', gatewayUrl).href,
  nxosUrl = new URL('nxos', gatewayUrl).href,
}: ShopOptions): Promise<RunningShop> {
  const orders = new Orders();
  /** The open event logs, each with the visitor who looks at it. */
  const watchers = new Map<(change: StatusChange) => void, string>();
  const pages = bundleShop();

  const gateway = createGateway({
    apiKey: process.env.KASSA_API_KEY ?? 'dev_kassa_0001',
    baseUrl: gatewayUrl,
    signaturePassword: process.env.KASSA_SIGNATURE_PASSWORD ?? 'spg_test_kassa_0001',
  });
  const nixo = createNixo({
    apiKey: process.env.KASSA_NIXO_KEY ?? 'sk_sandbox_kassa_0001',
    baseUrl: nixoUrl,
  });
  const nxos = createNxos({ apiKey: process.env.KASSA_NXOS_KEY ?? 'nxos_sk_test_kassa_a', baseUrl: nxosUrl });
  const withdrawals = new Withdrawals(gateway, nixo);
  const kassa = createKassa({
    gateway,
    // The page may wish for a withdrawal; which order that is, and what it is about, is the shop's to say.
    order: (request, { flow }) => {
      const { trackingId, withdrawalId, item } = orders.of(visitorOf(request));
      return {
        ...(flow === 'withdrawal' ? { trackingId: withdrawalId, direction: 'withdrawal' } : { trackingId }),
        userId: `shopper-${visitorOf(request)}`,
        amount: item.price,
        currency: item.currency,
        // A gift card is worth what the shopper pays for it.
        ...(item.free === true && { openAmount: { min: '5.00', max: '200.00' } }),
        settings: { shop_name: SHOP_NAME, lines: [{ name: item.name, amount: item.price }] },
        customer: CUSTOMER,
        ip: '127.0.0.1',
        // Only the direct flow asks for the one, only a charge for the other: the gateway's card provider.
        providerId: 210,
        routingId: 210,
      };
    },
    shopUrl: () => '/card',
    shopName: SHOP_NAME,
    onStatus: (change) => {
      withdrawals.onStatus(change);
      for (const [tell, visitor] of watchers) {
        if (visitor === orders.visitorOf(change.trackingId)) tell(change);
      }
    },
  });

  const app = new Hono();
  app.all('/kassa/*', (context) => kassa.fetch(context.req.raw));
  app.get('/items', (context) => context.json(ITEMS));
  app.post('/order', async (context) => {
    const item = findItem((await context.req.json<{ item?: unknown }>()).item);
    if (!item) return context.json({ message: 'There is no such item.' }, 404);
    return context.json(orders.begin(ensureVisitor(context), item));
  });
  app.get('/verified', (context) =>
    streamSSE(context, async (stream) => {
      const tell = (change: StatusChange): void => {
        void stream.writeSSE({ event: 'webhook', data: JSON.stringify(change) });
      };
      watchers.set(tell, visitorOf(context.req.raw));
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      watchers.delete(tell);
    }),
  );
  /** For shops with PCI DSS certification: the card passes through here, and is written down nowhere. */
  app.post('/charge', async (context) => {
    const {
      number = '',
      expiry = '',
      cvc = '',
      holderName = '',
    } = await context.req.json<Record<string, string>>();
    const [expMonth, expYear] = readExpiry(expiry);
    const card = { holderName, number: number.replace(/\s/g, ''), expMonth, expYear, cvc };
    try {
      return context.json(await kassa.charge(context.req.raw, card));
    } catch (error) {
      if (error instanceof InputError) {
        const fields = error.fields
          .map(({ path }) => CARD_FIELDS[path])
          .filter((field) => field !== undefined);
        return context.json({ message: 'Please check the card.', fields }, 422);
      }
      return context.json(
        { message: 'The gateway refused the payment. This order was not charged again.' },
        422,
      );
    }
  });
  /** The visitor's own withdrawal, as the back office sees it. */
  app.get('/withdrawal', (context) => {
    const { withdrawalId } = orders.of(visitorOf(context.req.raw));
    return context.json(withdrawals.find(withdrawalId) ?? null);
  });
  for (const decision of ['approve', 'reject'] as const) {
    app.post(`/withdrawal/${decision}`, async (context) => {
      await withdrawals[decision](orders.of(visitorOf(context.req.raw)).withdrawalId);
      return context.json({});
    });
  }
  app.get('/treasury', async (context) => context.json(await readTreasury(nixo, nxos)));
  app.post('/nixo/webhook', async (context) => {
    const secret = process.env.KASSA_NIXO_SECRET ?? 'nixo_whsec_test_0001';
    try {
      // The sandbox's clock can be moved, and signs with its own time; a real shop leaves the tolerance as it is.
      const event = await verifyNixoWebhook(context.req.raw, undefined, secret, { tolerance: false });
      withdrawals.onPayout(event);
      return context.body(null, 204);
    } catch (error) {
      if (error instanceof WebhookError) return context.text(error.message, error.status);
      throw error;
    }
  });
  /** A page whose HTML holds the frame already, for a shop that renders its pages. */
  app.get('/served', async (context) => {
    const visitor = ensureVisitor(context);
    orders.begin(visitor, ITEMS[0]);
    // On a first visit the cookie is only in the answer.
    const headers = { cookie: `visitor=${visitor}` };
    const session = await kassa.session(new Request(context.req.url, { headers }));
    return context.html(
      servedPage(renderCashier(session, { attributes: { 'session-url': '/kassa/session' } })),
      200,
      {
        'cache-control': 'no-store',
      },
    );
  });
  app.get('*', async (context) => {
    const file = (await pages).get(context.req.path === '/' ? '/index.html' : context.req.path);
    if (!file) return context.text('Not found', 404);
    if (file.type.startsWith('text/html')) ensureVisitor(context);
    return context.body(file.body, 200, {
      'content-type': file.type,
      'cache-control': 'no-cache',
      ...(context.req.path === '/strict.html' && strictHeaders(new URL(gatewayUrl).origin)),
    });
  });

  return listen(app, port);
}

const servedPage = (cashier: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>A page rendered with its cashier</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/shop.css" />
  </head>
  <body>
    <header class="bar">
      <a class="brand" href="/"
        ><span class="mark" aria-hidden="true">●</span> Fika <small>rendered checkout</small></a
      >
    </header>
    <main class="alone">
      <section class="checkout" aria-labelledby="order-title">
        <h1 id="order-title">Your order</h1>
        ${cashier}
      </section>
    </main>
    <script type="module" src="/kassa.js"></script>
  </body>
</html>`;

/** As strict as a page can be: all that the cashier needs is its own origin for scripts and data, and one for its frame. */
const strictHeaders = (cashierOrigin: string): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `frame-src ${cashierOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': `payment=(self "${cashierOrigin}"), publickey-credentials-get=(self "${cashierOrigin}")`,
});

/** `12/34`, `12-2034`, `1234` or `2034-12`, as people type it and browsers fill it in. The client says what is wrong. */
function readExpiry(text: string): readonly [month: string, year: string] {
  const [first = '', second] = text.match(/[0-9]+/g) ?? [];
  const [month, year] =
    second === undefined
      ? [first.slice(0, 2), first.slice(2)]
      : first.length === 4
        ? [second, first]
        : [first, second];
  return [month.padStart(2, '0'), year.length === 2 ? `20${year}` : year];
}

/** The visitor's cookie decides whose order is paid: never anything the page sends. */
function visitorOf(request: Request): string {
  return /(?:^|; )visitor=([0-9a-f-]{36})/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
}

function ensureVisitor(context: Context): string {
  const known = getCookie(context, 'visitor');
  if (known !== undefined) return known;
  const visitor = randomUUID();
  setCookie(context, 'visitor', visitor, { httpOnly: true, sameSite: 'Lax' });
  return visitor;
}

function listen(app: Hono, port: number): Promise<RunningShop> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: 'localhost' }, (info: AddressInfo) => {
      resolve({
        url: `http://localhost:${info.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        new StartError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use, so the shop cannot start.`
            : `The shop cannot listen on port ${port}: ${error.message}`,
          `Stop what runs there, or choose another port: KASSA_SHOP_PORT=${port + 1} npm start`,
        ),
      );
    });
  });
}
