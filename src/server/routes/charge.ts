/**
 * A card that the shop's backend charges, through the same book as all else: one order, one charge under way. A second
 * click, in this process or another, gets the first one's answer; what the gateway leaves open its status settles.
 */
import type { CardOrder } from '../../wire/gateway/orders.ts';
import type { S2sReply } from '../../wire/gateway/replies.ts';
import { InputError, isApiError } from '../errors.ts';
import type { ChargeResult } from '../gateway/operations.ts';
import { type ChargeAnswer, opened, type Opening, type Order } from '../orders/order.ts';
import { isRefused } from '../orders/reading.ts';
import { returnUrlFor, statusPath } from './addresses.ts';
import { Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';
import { withoutTerms } from './session.ts';
import { type PlacedOrder, placeOrder } from './shop-order.ts';
import { type Baseline, isDuplicate, isTaken, takenAtGateway, takenBy, takenInBook } from './standing.ts';

/** What `element.payment` takes. It holds no card. */
export interface Charged extends ChargeAnswer {
  readonly trackingId: string;
  readonly statusUrl: string;
}

export type Card = CardOrder['card'];

/** A challenge may take ten minutes; after that a charge of which nobody heard is asked for at the gateway. */
const CHARGE_LIFE_MS = 15 * 60_000;
/** The gateway's client waits for 30 s itself, and asks for the status then. */
const ANSWERED_WITHIN_MS = 60_000;

export async function charge(
  request: Request,
  card: Card,
  origin: string,
  context: RouteContext,
): Promise<Charged> {
  const placed = await placeOrder(request, { flow: 'deposit' }, context);
  if (placed instanceof Response) throw refusedByShop(placed);
  const { trackingId } = placed;
  const { version, answer } = await settle(placed, card, origin, context);
  return {
    ...answer,
    trackingId,
    statusUrl: origin + (await statusPath(trackingId, context, version)),
  };
}

export const refusedByShop = ({ status }: Response): Refusal =>
  new Refusal(
    status,
    'order-refused',
    'Your order function refused with a Response.',
    'A call from your own code has no use for it: answer null, or ask before you call.',
  );

interface Settled {
  readonly answer: ChargeAnswer;
  /** The opening that the page follows; none means all there is. */
  readonly version?: number;
}

async function settle(
  placed: PlacedOrder,
  card: Card,
  origin: string,
  context: RouteContext,
): Promise<Settled> {
  const baseline = await takenBy(placed, context);
  // The book may know the answer of the first click; if not, the gateway's word is followed.
  const claim = await claimCharge(placed, baseline, context);
  if ('answer' in claim) return claim;
  const { version } = claim;
  if (!claim.isOurs) {
    const answer = await answerOf(version, placed.trackingId, context);
    // Struck out: the first click failed before anything was charged.
    return answer ? { answer, version } : settle(placed, card, origin, context);
  }
  try {
    const answer = await sendCharge(placed, card, origin, context);
    await writeAnswer(placed.trackingId, version, answer, context);
    return { answer, version };
  } catch (error) {
    await writeAnswer(placed.trackingId, version, undefined, context);
    throw error;
  }
}

type Claim = Settled | { readonly isOurs: boolean; readonly version: number };

function claimCharge(
  { trackingId, terms }: PlacedOrder,
  baseline: Awaited<ReturnType<typeof takenBy>>,
  { book, now }: RouteContext,
): Promise<Claim> {
  return book.change<Claim>(trackingId, (known) => {
    const settled = (result: Claim) => Promise.resolve({ order: known, result });
    const before: Baseline = isTaken(baseline) ? {} : baseline;
    const at = now();
    const opening = { by: 'charge', flow: 'deposit', at, until: at + CHARGE_LIFE_MS, ...before } as const;
    const order = opened(known, trackingId, terms, opening);
    // As it would be without a charge of ours, which would be the one under way.
    const taken = takenInBook(opened(known, trackingId, terms, { ...opening, by: 'token' }), at);
    const last = known?.openings.findLast((one) => one.by === 'charge' && !isRefused(one));
    if (taken && last) {
      const { answer, version } = last;
      return settled(answer ? { answer, version } : { isOurs: false, version });
    }
    const other = taken ?? (isTaken(baseline) ? baseline : undefined);
    if (other) return settled({ answer: { transaction_status: other.rawStatus } });
    return Promise.resolve({ order, result: { isOurs: true, version: order.version } });
  });
}

/** Sent once. @throws InputError, and ApiError when the gateway surely charged nothing */
async function sendCharge(
  { trackingId, order, terms }: PlacedOrder,
  card: Card,
  origin: string,
  context: RouteContext,
): Promise<ChargeAnswer> {
  const { theme: _theme, providerId: _providerId, ...shared } = withoutTerms(order);
  const { routingId, amount } = order;
  if (amount === undefined) throw new InputError('order', [{ path: 'amount', message: 'is missing' }]);
  if (routingId === undefined) throw new InputError('order', [{ path: 'routingId', message: 'is missing' }]);
  const returnUrl = await returnUrlFor(trackingId, origin, context);
  try {
    const charged = await context.gateway.chargeCard({
      ...shared,
      amount,
      userId: terms.userId,
      routingId,
      card,
      settings: { return_url: returnUrl, ...order.settings },
    });
    return answerFrom(charged);
  } catch (error) {
    if (isDuplicate(error)) {
      return { transaction_status: (await takenAtGateway(trackingId, context)).rawStatus };
    }
    if (!isOpenEnd(error)) throw error;
    // It may have been charged, and the gateway does not say: the page waits for the status like anybody.
    context.tell(error);
    return { transaction_status: 'pending' };
  }
}

/** No answer to the charge, and none to the question what became of it. */
const isOpenEnd = (error: unknown): boolean =>
  isApiError(error) && ['network', 'timeout', 'invalid-response', 'transient'].includes(error.kind);

/** The documented part only: a gateway may echo anything. */
function answerFrom({ reply }: ChargeResult): ChargeAnswer {
  const { url, transaction_status, error } = reply;
  const reason = typeof error === 'object' ? error.message : error;
  const fields = fieldsOf(reply);
  return {
    transaction_status,
    ...(typeof url === 'string' && { url }),
    ...(reason !== undefined && { error: reason }),
    ...(fields && { fields }),
  };
}

/** What a challenge by POST needs (`creq`, `PaReq`, `MD`): texts, in an object of that name. */
function fieldsOf({ fields }: S2sReply): Readonly<Record<string, string>> | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const texts = Object.entries(fields).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
}

/** The charge's answer is written beside it; a charge that was surely never made is struck out. */
function writeAnswer(
  trackingId: string,
  version: number,
  answer: ChargeAnswer | undefined,
  { book, now }: RouteContext,
): Promise<void> {
  return book.change(trackingId, (order) => {
    if (!order) return Promise.resolve({ order, result: undefined });
    const openings = order.openings.flatMap((opening): readonly Opening[] => {
      if (opening.version !== version) return [opening];
      return answer ? [{ ...opening, answer }] : [];
    });
    const changed = { ...order, openings, version: Math.max(order.version + 1, now()), changedAt: now() };
    return Promise.resolve({ order: changed, result: undefined });
  });
}

/** The first click's answer, when it comes; what the page can follow meanwhile, when it does not. */
async function answerOf(
  version: number,
  trackingId: string,
  { book }: RouteContext,
): Promise<ChargeAnswer | undefined> {
  let stop = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<ChargeAnswer | undefined>((resolve, reject) => {
      const look = (order: Order | undefined): void => {
        const opening = order?.openings.find((one) => one.version === version);
        if (opening?.answer) resolve(opening.answer);
        else if (!opening) resolve(undefined);
      };
      stop = book.subscribe(trackingId, look);
      timer = setTimeout(() => resolve({ transaction_status: 'pending' }), ANSWERED_WITHIN_MS);
      book.find(trackingId).then(look, reject);
    });
  } finally {
    clearTimeout(timer);
    stop();
  }
}
