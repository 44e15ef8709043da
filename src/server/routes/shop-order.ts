/** What the shop's `order` function says, read at the door: the terms that all later events are held against. */
import { DIRECTION_OF, type Direction, DIRECTIONS, type Flow } from '../../model/flows.ts';
import { compareDecimals, formatMoney, MoneyError, parseMoney } from '../../model/money.ts';
import type { CashierOrder } from '../../wire/gateway/orders.ts';
import { KassaError } from '../../model/errors.ts';
import { InputError } from '../errors.ts';
import type { Terms } from '../orders/order.ts';
import { Refusal } from './answers.ts';

/** What the page asks for. Everything that costs money is the shop's to say. */
export interface Asked {
  readonly flow: Flow;
  readonly lang?: string;
}

/** What the shop's code says about an order. Amount, currency, user and direction are its to say, never the page's. */
export type ShopOrder = Omit<CashierOrder, 'trackingId'> & {
  /** Your own id of this order. Left out, it gets a random one, and a reload of the page makes another order. */
  readonly trackingId?: string;
  /** Which way the money goes. Default `deposit`: a page that asks for a withdrawal is refused. */
  readonly direction?: Direction;
  /**
   * The shopper chooses an amount between these, both included; `amount` is what is suggested. `onStatus` says what was
   * paid. Without it, what is paid must be `amount`.
   */
  readonly openAmount?: { readonly min: string; readonly max: string };
  /** For the direct flow: the gateway's id of the provider. */
  readonly providerId?: string | number;
  /** For `kassa.charge`: the gateway's id of the routing. */
  readonly routingId?: string | number;
};

/** `null` refuses; a `Response` refuses in the shop's own words. */
export type OrderAnswer = ShopOrder | null | Response;

export interface Shop {
  readonly order: (request: Request, asked: Asked) => OrderAnswer | Promise<OrderAnswer>;
  readonly newTrackingId: () => string;
}

export interface PlacedOrder {
  readonly trackingId: string;
  /** The id was made here, so nobody can have heard of it. */
  readonly isNew: boolean;
  readonly terms: Terms;
  /** What the gateway is asked for. */
  readonly order: ShopOrder & { readonly trackingId: string };
}

/** Asks the shop what is to be paid; a `Response` is the shop's own refusal. @throws Refusal, InputError */
export async function placeOrder(
  request: Request,
  asked: Asked,
  { order: ask, newTrackingId }: Shop,
): Promise<PlacedOrder | Response> {
  const answer = await ask(request, asked);
  if (answer instanceof Response) return answer;
  // A function in plain JavaScript that forgets its return has nothing to pay for either.
  if (!answer) {
    throw new Refusal(
      403,
      'order-refused',
      'The shop has nothing to pay for here.',
      'Go back to the shop and try again.',
    );
  }
  const trackingId = answer.trackingId === undefined ? newTrackingId() : readTrackingId(answer.trackingId);
  const terms = readTerms(answer);
  refuseOtherDirection(trackingId, terms.direction, asked);
  return {
    trackingId,
    isNew: answer.trackingId === undefined,
    terms,
    order: { ...answer, trackingId },
  };
}

const fault = (path: string, message: string): InputError => new InputError('order', [{ path, message }]);

/** The gateway's clients take as many, and so does a return address. */
const MAX_ID_LENGTH = 128;
// oxlint-disable-next-line no-control-regex -- they are looked for
const UNUSABLE_IN_IDS = /[\u0000-\u001f\u007f]|\p{Surrogate}/u;

/** Refuses before anything is minted what a URL, a database or a webhook would give back changed. */
function readTrackingId(given: unknown): string {
  const trackingId = typeof given === 'string' ? given.trim() : '';
  if (trackingId === '') throw fault('trackingId', 'must be a text that is not empty');
  if (trackingId.length > MAX_ID_LENGTH)
    throw fault('trackingId', `is longer than ${MAX_ID_LENGTH} characters`);
  if (UNUSABLE_IN_IDS.test(trackingId)) throw fault('trackingId', 'holds characters that no text is made of');
  if (/^\.{1,2}$/.test(trackingId)) throw fault('trackingId', 'is "." or "..", which no URL can carry');
  return trackingId;
}

function readTerms(order: ShopOrder): Terms {
  const { direction = 'deposit', amount, currency, userId, openAmount, amountRestricted } = order;
  const user: unknown = userId;
  if (typeof user !== 'string' || user.trim() === '')
    throw fault('userId', 'must be a text that is not empty');
  if (!DIRECTIONS.includes(direction)) {
    throw fault('direction', 'must be "deposit" or "withdrawal"');
  }
  if (amountRestricted === false && !openAmount) {
    throw fault('openAmount', 'is missing: say between which amounts the shopper may choose, {min, max}');
  }
  if (amountRestricted === true && openAmount) {
    throw fault('amountRestricted', 'contradicts openAmount; leave one of them out');
  }
  if (amount === undefined && !openAmount) {
    throw fault(
      'amount',
      'is missing; where the shopper chooses it, say between which amounts: openAmount {min, max}',
    );
  }
  const read = (path: string, text: string): string => readAmount(path, text, currency);
  return {
    direction,
    ...(amount !== undefined && { amount: read('amount', amount) }),
    currency,
    userId: user.trim(),
    ...(openAmount && {
      openAmount: readRange(read('openAmount.min', openAmount.min), read('openAmount.max', openAmount.max)),
    }),
  };
}

function readAmount(path: string, text: unknown, currency: string): string {
  try {
    if (typeof text !== 'string') throw new MoneyError('must be a decimal string, such as "10.05"');
    return formatMoney(parseMoney(text, currency));
  } catch (error) {
    if (error instanceof MoneyError) throw fault(path, error.message);
    throw error;
  }
}

function readRange(min: string, max: string): NonNullable<Terms['openAmount']> {
  if (compareDecimals(min, '0') <= 0) throw fault('openAmount.min', 'must be above zero');
  if (compareDecimals(min, max) > 0) throw fault('openAmount.max', 'is less than openAmount.min');
  return { min, max };
}

/** The page may wish for a flow; which way money goes is the shop's word. */
function refuseOtherDirection(trackingId: string, direction: Direction, { flow }: Asked): void {
  const wished = DIRECTION_OF[flow];
  if (wished === direction) return;
  throw new Refusal(
    403,
    'direction-refused',
    `This order is no ${wished}.`,
    'The flow of the page must be that of the order, which the shop decides.',
    {
      cause: new KassaError({
        code: 'direction-refused',
        message: `Order ${trackingId} is a ${direction}, and the page asked for a ${wished}. Nothing was minted.`,
        hint: `If the shop means it as a ${wished}, let order() return direction: '${wished}' for it; else somebody tried.`,
        retryable: false,
      }),
    },
  );
}
