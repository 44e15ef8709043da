/** The hosted pages and the JSON behind them. What the pages send and get is `pages/view.ts`. */
import { languageTag } from '../../model/languages.ts';
import { type Context, Hono } from 'hono';
import { readJson } from '../json-body.ts';
import type { Pages } from '../pages/assets.ts';
import { pageHeaders } from '../pages/headers.ts';
import {
  AlreadyPaying,
  CashierClosed,
  cancelPayment,
  deleteCard,
  pay,
  payment,
  standingOf,
} from './cashier.ts';
import { answer, challengeView, wayBack } from './challenge.ts';
import { ProcessorBroke } from './charge.ts';
import type { AddressOf } from '../places.ts';
import type { GatewayContext } from './context.ts';
import { InvalidFields } from './errors.ts';
import type { ChallengeView } from '../pages/view.ts';
import { cashierView, frameAncestors } from './view.ts';

export function pageRoutes(context: GatewayContext, pages: Pages, addressOf: AddressOf): Hono {
  const app = new Hono();
  const tokenOf = ({ req }: Context): string | undefined =>
    /^Bearer (\S+)$/.exec(req.header('authorization') ?? '')?.[1];
  const langOf = ({ req }: Context): string => languageTag(req.query('lang')) ?? '';

  app.get('/cashier', async (request) => {
    const token = request.req.query('token');
    const standing = await standingOf(context, token);
    const lang = langOf(request);
    const view = token === undefined ? undefined : cashierView(standing, addressOf(request.req), lang);
    return new Response(pages.cashier(view, { lang }), {
      headers: pageHeaders(frameAncestors(standing.token)),
    });
  });
  app.get('/cashier/view', async (request) => {
    const standing = await standingOf(context, tokenOf(request));
    return Response.json(cashierView(standing, addressOf(request.req), langOf(request)));
  });
  app.post('/cashier/pay', async (request) =>
    Response.json(await pay(context, tokenOf(request), await readJson(request.req), addressOf(request.req)), {
      status: 202,
    }),
  );
  app.get('/cashier/payment', async (request) =>
    orNothing(await payment(context, tokenOf(request), addressOf(request.req))),
  );
  app.post('/cashier/cancel', async (request) =>
    orNothing(await cancelPayment(context, tokenOf(request), addressOf(request.req))),
  );

  app.delete('/cashier/cards/:id', async (request) => {
    await deleteCard(context, tokenOf(request), request.req.param('id'));
    return new Response(null, { status: 204 });
  });

  // Framed by the hosted cashier, or by any shop for S2S: a bank does not know who stands around it.
  const bankHeaders = pageHeaders('*');
  app.get('/3ds/done', (request) => {
    const { theme } = readLook(request);
    return new Response(
      pages.challenge({ ...NO_CHALLENGE, state: 'answered', lang: bankLang(request), theme }),
      {
        headers: bankHeaders,
      },
    );
  });
  app.get('/3ds/:id', async (request) => showChallenge(request, false));
  app.post('/3ds/:id', async (request) => {
    const transaction = await context.transactions.byChallenge(request.req.param('id'));
    if (!transaction) return showChallenge(request, false);
    const form = await request.req.parseBody();
    const { code, cancel } = form;
    const result = await answer(context, transaction, {
      code: typeof code === 'string' ? code : undefined,
      cancel: cancel !== undefined,
    });
    if (result === 'wrong-code') return showChallenge(request, true);
    return new Response(null, {
      status: 303,
      headers: {
        location: wayBack(transaction, request.req.query('within'), new URL(request.req.url).search),
        'referrer-policy': 'no-referrer',
      },
    });
  });

  async function showChallenge(request: Context, wrongCode: boolean): Promise<Response> {
    const transaction = await context.transactions.byChallenge(request.req.param('id') ?? '');
    const { search } = new URL(request.req.url);
    const look = { lang: bankLang(request), theme: readLook(request).theme };
    // The form posts to its own address, whatever a proxy put before it.
    const view = transaction
      ? { ...challengeView(transaction, search, wrongCode), ...look }
      : { ...NO_CHALLENGE, ...look };
    return new Response(pages.challenge(view), { status: transaction ? 200 : 404, headers: bankHeaders });
  }

  /** As the cashier around has it; a bank that stands alone asks the browser. */
  function bankLang({ req }: Context): string {
    return languageTag(req.query('lang')) ?? languageTag(req.header('accept-language')) ?? '';
  }

  app.get('/assets/:name', async ({ req }) => {
    const asset = await pages.asset(req.param('name'));
    if (!asset) return new Response('Not found', { status: 404 });
    return new Response(asset.body, {
      headers: {
        'content-type': asset.type,
        'cache-control': 'no-cache',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  app.onError((error) => {
    if (error instanceof InvalidFields) return error.toResponse();
    if (error instanceof CashierClosed) return Response.json(error.view, { status: 410 });
    if (error instanceof AlreadyPaying) return Response.json(error.payment ?? null, { status: 409 });
    if (error instanceof ProcessorBroke)
      return Response.json({ message: 'processor-broke' }, { status: 503 });
    throw error;
  });
  return app;
}

const NO_CHALLENGE: ChallengeView = {
  state: 'unknown',
  amount: '',
  currency: '',
  cardLastFour: '',
  action: '',
  lang: '',
};

function readLook({ req }: Context): Pick<ChallengeView, 'theme'> {
  const theme = req.query('theme');
  return { theme: theme === 'dark' || theme === 'light' ? theme : undefined };
}

const orNothing = (view: unknown): Response =>
  view === undefined ? new Response(null, { status: 204 }) : Response.json(view);
