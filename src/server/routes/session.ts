/** `POST session`: the shop decides what is paid, the gateway mints a token, the page gets a session. */
import { type CashierAddress, type Session, sessionRequest } from '../../wire/session.ts';
import type { CustomerInput } from '../../wire/gateway/orders.ts';
import { InputError } from '../errors.ts';
import type { MintedDirect } from '../gateway/operations.ts';
import { TOKEN_LIFE_MS } from '../gateway/profile.ts';
import { alreadyRead, BodyError } from '../http/raw-body.ts';
import { BODY_WITHIN_MS, BodyTooSlowError, readAtMost } from '../http/read-body.ts';
import { opened, type Order, type Terms } from '../orders/order.ts';
import { returnUrlFor, statusPath } from './addresses.ts';
import { json, Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';
import { type Asked, type PlacedOrder, placeOrder } from './shop-order.ts';
import {
  type Baseline,
  isDuplicate,
  isTaken,
  openAlready,
  readable,
  takenAtGateway,
  takenBy,
  type Taken,
  takenInBook,
} from './standing.ts';

export async function openSession(request: Request, context: RouteContext): Promise<Response> {
  const origin = context.origins.ofAskingPage(request);
  const answer = await mintSession(request, await readAsked(request), origin, context);
  return answer instanceof Response ? answer : json(answer);
}

/** `GET session`: where the hosted page is, for an element that loads it before there is anything to pay. */
export function tellAddress(_request: Request, { gateway }: RouteContext): Promise<Response> {
  const { cashierUrl }: CashierAddress = gateway;
  return Promise.resolve(json({ cashierUrl }));
}

/** A session, or the shop's own words of refusal. @throws Refusal with the payment there is, when the order is taken */
export async function mintSession(
  request: Request,
  asked: Asked,
  origin: string,
  context: RouteContext,
): Promise<Session | Response> {
  const placed = await placeOrder(request, asked, context);
  if (placed instanceof Response) return placed;
  const { trackingId } = placed;
  const page = { trackingId, flow: asked.flow, origin };
  const baseline = await takenBy(placed, context).catch((error: unknown) => {
    throw readable(error);
  });
  if (isTaken(baseline)) throw await openAlready(baseline, page, context);
  const returnUrl = await returnUrlFor(trackingId, origin, context);
  const minted = await mint(asked, placed, { origin, returnUrl }, context).catch(async (error: unknown) => {
    if (!isDuplicate(error)) throw readable(error);
    throw await openAlready(await takenAtGateway(trackingId, context), page, context);
  });
  const until = minted.kind === 'token' ? Date.parse(minted.expiresAt) : context.now() + TOKEN_LIFE_MS;
  const order = await writeDown(placed, asked, until, baseline, context).catch((error: unknown) => {
    throw readable(error);
  });
  if ('standing' in order) throw await openAlready(order, page, context);
  const shared = {
    flow: asked.flow,
    trackingId,
    statusUrl: origin + (await statusPath(trackingId, context, followed(order, baseline))),
    returnUrl,
  };
  // The page of one provider has no token: the element sends the shopper there.
  if (minted.kind === 'url') return { token: '', cashierUrl: '', ...shared, url: minted.url };
  return {
    token: minted.token,
    cashierUrl: minted.cashierUrl,
    ...shared,
    expiresAt: minted.expiresAt,
  };
}

/** Before the page has the token: whatever is paid with it meets what was ordered. */
function writeDown(
  { trackingId, terms }: PlacedOrder,
  { flow }: Asked,
  until: number,
  baseline: Baseline,
  { book, now }: RouteContext,
): Promise<Order | Taken> {
  return book.change<Order | Taken>(trackingId, (known) => {
    const order = opened(known, trackingId, terms, { by: 'token', flow, at: now(), until, ...baseline });
    // It may have been paid while the token was minted: nobody gets that token.
    const taken = takenInBook(order, now());
    return Promise.resolve(taken ? { order: known, result: taken } : { order, result: order });
  });
}

/** A session that follows a failed attempt of the same order must not be ended by what that one was. */
const followed = ({ version, transactions }: Order, { before, owesDecline }: Baseline): number =>
  transactions.length > 0 || before || owesDecline ? version : 0;

/** Much more than it needs, as a page may say anything for its language. */
const MAX_BODY_BYTES = 65_536;

async function readAsked(request: Request): Promise<Asked> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw new Refusal(
      415,
      'not-json',
      'Send a JSON body.',
      'The element does; this is for requests made by hand.',
    );
  }
  if (request.bodyUsed) throw alreadyRead();
  const body = await readBody(request);
  if (!body) {
    throw new Refusal(
      413,
      'too-large',
      'The body is too large.',
      'It holds a flow and a language, nothing else.',
    );
  }
  const result = sessionRequest.safeParse(safeJson(new TextDecoder().decode(body)));
  if (result.success) {
    const { flow, lang } = result.data;
    return lang === undefined ? { flow } : { flow, lang };
  }
  throw new Refusal(
    400,
    'invalid-request',
    'The body must be {"flow": "deposit", "direct" or "withdrawal", "lang"?: text}.',
    'Amount, currency and user are decided by the shop, never by the page.',
  );
}

function readBody({ body }: Request): Promise<Uint8Array | undefined> {
  return readAtMost(body, MAX_BODY_BYTES, BODY_WITHIN_MS).catch((error: unknown) => {
    // An adapter whose deadline is shorter has said it in its own words.
    if (error instanceof Refusal || error instanceof BodyError) throw error;
    throw error instanceof BodyTooSlowError
      ? new Refusal(408, 'too-slow', 'The body did not come in time.', 'Send the request again.')
      : new Refusal(400, 'broken-body', 'The body broke off.', 'Send the request again.');
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function mint(
  { flow, lang }: Asked,
  { order, terms }: PlacedOrder,
  { origin, returnUrl }: { readonly origin: string; readonly returnUrl: string },
  { gateway }: RouteContext,
): Promise<MintedDirect> {
  // Whatever else the shop may have put in goes along, for the gateway's client to refuse.
  const { providerId, theme, ...shared } = withoutTerms(order);
  const base = {
    ...shared,
    customer: customerOf(order, terms),
    settings: {
      return_url: returnUrl,
      allowed_origins: [origin],
      ...(lang !== undefined && { language: lang }),
      ...order.settings,
    },
  };
  const themed = { ...base, ...(theme && { theme }) };
  if (flow === 'deposit') {
    const amountRestricted = !terms.openAmount;
    return { kind: 'token', ...(await gateway.mintCashier({ ...themed, amountRestricted })) };
  }
  const { amount } = order;
  if (amount === undefined) throw missing('amount');
  if (flow === 'withdrawal') {
    return { kind: 'token', ...(await gateway.mintWithdrawal({ ...themed, amount })) };
  }
  if (providerId === undefined) throw missing('providerId');
  return gateway.mintDirect({ ...base, amount, providerId });
}

const missing = (path: string): InputError => new InputError('order', [{ path, message: 'is missing' }]);

/** The order without what only Kassa reads. */
export function withoutTerms(order: PlacedOrder['order']) {
  const { direction: _d, openAmount: _o, amountRestricted: _a, routingId: _r, ...rest } = order;
  return rest;
}

/** The most that the shopper may choose is the gateway's to hold, too, where the shop set it no limit. */
const customerOf = ({ customer }: PlacedOrder['order'], { openAmount }: Terms): CustomerInput =>
  openAmount ? { maxDepositLimit: openAmount.max, ...customer } : customer;
