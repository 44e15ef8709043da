/**
 * A shop's session route for the browser tests, real HTTP: `/warm/session?page=<behaviour>&expires=<when>`; with `fails`, GET does. The
 * hosted page of a session with `late=<name>` does not come before `/warm/come?late=<name>` was asked for, nor does a session
 * with `mint=<name>`. The page `plain` has an address without a query.
 */
import { until } from '../patience.ts';

interface Exchange {
  readonly path: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly req: { readonly headers: Readonly<Record<string, string | undefined>> };
  status: number;
  body: unknown;
}

/** Pages that may come. */
const coming = new Set(['']);

export async function sessionRoutes(context: Exchange, next: () => Promise<void>): Promise<void> {
  const late = String(context.query.late ?? '');
  if (context.path === '/warm/come') {
    coming.add(late);
    context.body = {};
    return;
  }
  if (context.path !== '/warm/session') {
    await until(() => coming.has(late), `${late} may come`);
    return next();
  }
  const port = context.req.headers.host?.split(':')[1] ?? '';
  const page = String(context.query.page);
  const behaviour = page === 'fails' ? 'good' : page;
  const query = page === 'plain' ? '' : `?behaviour=${behaviour}&late=${late}`;
  const cashierUrl = `http://127.0.0.1:${port}/test/fixtures/frames/hosted.html${query}`;
  const mint = String(context.query.mint ?? '');
  await until(() => coming.has(mint), `${mint} may be minted`);
  if (page === 'open') {
    context.status = 409;
    context.body = {
      error: { code: 'payment-open', message: 'A payment of this order is under way.', hint: '' },
      payment: {
        trackingId: 'open-1',
        flow: 'deposit',
        statusUrl: '/status/json/open-1',
        transaction_status: 'pending',
      },
    };
  } else if (context.method === 'POST') {
    const { expires } = context.query;
    context.body = {
      token: 'token-warm',
      flow: 'deposit',
      trackingId: 'warm',
      cashierUrl,
      ...(typeof expires === 'string' && { expiresAt: expires }),
    };
  } else if (page === 'fails') context.status = 500;
  else context.body = { cashierUrl };
}
