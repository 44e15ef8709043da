/** `POST session`: the shop decides what is paid, the gateway mints a token, the page gets a session. */
import { type CashierAddress, type Session, sessionRequest } from '../../wire/session.ts';
import { InputError, isApiError } from '../errors.ts';
import type { MintedDirect } from '../gateway/client.ts';
import type { KnownStatus } from '../inbox/inbox.ts';
import { alreadyRead } from '../http/raw-body.ts';
import { readAtMost } from '../http/read-body.ts';
import { json, Refusal } from './answers.ts';
import { type Asked, type RouteContext, type ShopOrder, statusPath } from './context.ts';
import { signState } from './signed-state.ts';

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

/** A session, or the shop's own words of refusal. */
export async function mintSession(
  request: Request,
  asked: Asked,
  origin: string,
  context: RouteContext,
): Promise<Session | Response> {
  const answer = await context.order(request, asked);
  if (answer instanceof Response) return answer;
  if (answer === null) {
    throw new Refusal(
      403,
      'order-refused',
      'The shop has nothing to pay for here.',
      'Go back to the shop and try again.',
    );
  }
  const trackingId = answer.trackingId ?? context.newTrackingId();
  const known = await context.inbox.find(trackingId);
  if (known && known.status !== 'failed') throw openAlready(known, asked, origin, context);
  const returnUrl = await returnUrlFor(trackingId, origin, context);
  const minted = await mint(asked, { ...answer, trackingId }, { origin, returnUrl }, context);
  const shared = {
    flow: asked.flow,
    trackingId,
    statusUrl: statusUrlFor(trackingId, origin, known, context),
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

const MAX_BODY_BYTES = 4_096;

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
  const body = await readAtMost(request.body, MAX_BODY_BYTES);
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

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * An order that is paid, or whose payment is under way, gets no second token: two tabs, or a tab that was reloaded,
 * cannot pay it twice. The page follows the payment there is instead.
 */
function openAlready(known: KnownStatus, { flow }: Asked, origin: string, context: RouteContext): Refusal {
  const { trackingId, rawStatus } = known;
  const payment = {
    trackingId,
    flow,
    statusUrl: origin + statusPath(trackingId, context),
    transaction_status: rawStatus,
  };
  return known.status === 'succeeded'
    ? new Refusal(409, 'already-paid', 'This order is paid already.', 'The element tells its outcome.', {
        payment,
      })
    : new Refusal(
        409,
        'payment-open',
        'A payment of this order is under way.',
        'The element follows it to its outcome. For a payment of its own, give the order another trackingId.',
        { payment },
      );
}

/** A session that follows a declined payment of the same order must not be ended by what that one was. */
export function statusUrlFor(
  trackingId: string,
  origin: string,
  known: KnownStatus | undefined,
  context: RouteContext,
): string {
  const url = origin + statusPath(trackingId, context);
  return known?.status === 'failed' ? `${url}?after=${known.version}` : url;
}

export async function returnUrlFor(
  trackingId: string,
  origin: string,
  context: RouteContext,
): Promise<string> {
  const state = await signState(trackingId, context.now(), context.stateSecret);
  return `${origin}${context.basePath}/return?state=${encodeURIComponent(state)}`;
}

async function mint(
  { flow, lang }: Asked,
  order: ShopOrder & { readonly trackingId: string },
  { origin, returnUrl }: { readonly origin: string; readonly returnUrl: string },
  { gateway }: RouteContext,
): Promise<MintedDirect> {
  const { providerId, amountRestricted, theme, ...shared } = order;
  const settings = {
    return_url: returnUrl,
    allowed_origins: [origin],
    ...(lang !== undefined && { language: lang }),
    ...order.settings,
  };
  const base = { ...shared, settings };
  const themed = { ...base, ...(theme && { theme }) };
  try {
    if (flow === 'deposit') {
      const restricted = amountRestricted !== undefined && { amountRestricted };
      return { kind: 'token', ...(await gateway.mintCashier({ ...themed, ...restricted })) };
    }
    const { amount } = order;
    if (amount === undefined) throw missing('amount');
    if (flow === 'withdrawal') {
      return { kind: 'token', ...(await gateway.mintWithdrawal({ ...themed, amount })) };
    }
    if (providerId === undefined) throw missing('providerId');
    return await gateway.mintDirect({ ...base, amount, providerId });
  } catch (error) {
    throw readable(error);
  }
}

const missing = (path: string): InputError => new InputError('order', [{ path, message: 'is missing' }]);

/** What the page may know of a failed mint: that it failed and whether to try again. Details stay in the backend. */
function readable(error: unknown): unknown {
  if (!isApiError(error)) return error;
  const later = error.kind === 'transient' || error.kind === 'network' || error.kind === 'timeout';
  return new Refusal(
    later ? 503 : 502,
    later ? 'gateway-unavailable' : 'gateway-refused',
    later
      ? 'The payment service does not answer right now.'
      : 'The payment service refused to open a cashier.',
    later
      ? 'Nothing was charged. Try again in a moment.'
      : 'Nothing was charged. The shop has been told why.',
    { cause: error },
  );
}
