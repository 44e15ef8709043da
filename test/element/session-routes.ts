/**
 * A shop's session route for the browser tests, real HTTP: `/warm/session?page=<behaviour>`; with `fails`, GET does. The
 * hosted page of a session with `late=<milliseconds>` takes that long to come.
 */
interface Exchange {
  readonly path: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly req: { readonly headers: Readonly<Record<string, string | undefined>> };
  status: number;
  body: unknown;
}

export async function sessionRoutes(context: Exchange, next: () => Promise<void>): Promise<void> {
  const late = Number(context.query.late ?? 0);
  if (context.path !== '/warm/session') {
    await new Promise((resolve) => setTimeout(resolve, late));
    return next();
  }
  const port = context.req.headers.host?.split(':')[1] ?? '';
  const page = String(context.query.page);
  const behaviour = page === 'fails' ? 'good' : page;
  const cashierUrl = `http://127.0.0.1:${port}/test/fixtures/frames/hosted.html?behaviour=${behaviour}&late=${late}`;
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
    context.body = { token: 'token-warm', flow: 'deposit', trackingId: 'warm', cashierUrl };
  } else if (page === 'fails') context.status = 500;
  else context.body = { cashierUrl };
}
