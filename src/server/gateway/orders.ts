/** From a shop's order to the documented body. */
import { callingCodeOf, withoutTrunkZero } from '../../model/calling-codes.ts';
import { type Money, MoneyError, parseMoney } from '../../model/money.ts';
import type {
  CashierRequest,
  DirectRequest,
  GatewayCustomer,
  S2sRequest,
  WithdrawalRequest,
} from '../../wire/gateway/replies.ts';
import type { cardOrder, cashierOrder, directOrder, withdrawalOrder } from '../../wire/gateway/orders.ts';
import type { Output } from '../../wire/schema.ts';
import { type UnknownField, withFields } from '../../wire/unknown-fields.ts';
import { InputError } from '../errors.ts';

export interface WireOptions {
  readonly mode: 'test' | 'live';
  /** The documents show 05/03/2000 and leave the order open; day first fits their other dates. */
  readonly dobFormat: 'DD/MM/YYYY' | 'MM/DD/YYYY';
}

type AnyOrder =
  | Output<typeof cashierOrder>
  | Output<typeof directOrder>
  | Output<typeof withdrawalOrder>
  | Output<typeof cardOrder>;

function sharedFields(
  operation: string,
  order: AnyOrder,
  { mode, dobFormat }: WireOptions,
  withLimit: boolean,
) {
  return {
    mode,
    settings: order.settings ?? {},
    user_id: order.userId,
    tracking_id: order.trackingId,
    ip: order.ip,
    currency: order.currency,
    customer: wireCustomer(operation, order, dobFormat, withLimit),
  };
}

export const toCashierRequest = (
  order: Output<typeof cashierOrder>,
  options: WireOptions,
): CashierRequest => ({
  request: {
    ...sharedFields('mintCashier', order, options, true),
    ...(order.amount !== undefined && amountOf('mintCashier', order)),
    ...(order.theme && { theme: order.theme }),
    amount_restricted: order.amountRestricted ?? false,
  },
});

/** Where a field of an order goes in the body. */
const PLACES: Readonly<Record<string, string>> = { customer: 'customer', card: 'card_details' };

/** The body with the fields of the order that Kassa does not know, at the place of their neighbours. */
export const withUnknown = <T extends object>(body: T, fields: readonly UnknownField[]): T =>
  withFields(
    body,
    fields.map(({ path: [first = '', ...rest], value }) => ({
      path: ['request', PLACES[first] ?? first, ...rest],
      value,
    })),
  );

export const toDirectRequest = (order: Output<typeof directOrder>, options: WireOptions): DirectRequest => ({
  request: {
    ...sharedFields('mintDirect', order, options, true),
    ...amountOf('mintDirect', order),
    provider_id: wireId(order.providerId),
  },
});

export const toWithdrawalRequest = (
  order: Output<typeof withdrawalOrder>,
  options: WireOptions,
): WithdrawalRequest => ({
  request: {
    ...sharedFields('mintWithdrawal', order, options, false),
    ...amountOf('mintWithdrawal', order),
    ...(order.theme && { theme: order.theme }),
  },
});

export const toS2sRequest = (order: Output<typeof cardOrder>, options: WireOptions): S2sRequest => ({
  request: {
    ...sharedFields('chargeCard', order, options, true),
    ...amountOf('chargeCard', order),
    routing_id: wireId(order.routingId),
    card_details: {
      holder_name: order.card.holderName,
      card_number: order.card.number,
      exp_month: order.card.expMonth,
      exp_year: order.card.expYear,
      cvc: order.card.cvc,
    },
  },
});

/** The samples send a number; ids made of digits go out as one. */
function wireId(id: string | number): string | number {
  return typeof id === 'string' && /^[0-9]{1,15}$/.test(id) ? Number(id) : id;
}

/**
 * The gateway's amounts are JSON numbers. Turning the decimal text into one is exact up to 15 significant digits, and
 * an amount beyond that is refused rather than rounded.
 */
function wireAmount(operation: string, path: string, value: string, currency: string): number {
  const money = readMoney(operation, path, value, currency);
  if (money.minor <= 0n) throw new InputError(operation, [{ path, message: 'must be above zero' }]);
  if (money.minor >= TOO_MUCH)
    throw new InputError(operation, [{ path, message: 'has more than 15 digits' }]);
  return Number(value);
}
const TOO_MUCH = 10n ** 15n;

const amountOf = (
  operation: string,
  { amount = '', currency }: Pick<AnyOrder, 'amount' | 'currency'>,
): { readonly amount: number } => ({ amount: wireAmount(operation, 'amount', amount, currency) });

function readMoney(operation: string, path: string, value: string, currency: string): Money {
  try {
    return parseMoney(value, currency);
  } catch (error) {
    if (error instanceof MoneyError) throw new InputError(operation, [{ path, message: error.message }]);
    throw error;
  }
}

function wireCustomer(
  operation: string,
  { customer, currency }: AnyOrder,
  dobFormat: WireOptions['dobFormat'],
  withLimit: boolean,
): GatewayCustomer {
  const { maxDepositLimit, phone } = customer;
  return {
    first_name: customer.firstName,
    last_name: customer.lastName,
    email: customer.email,
    country_code: customer.countryCode,
    ...(withLimit &&
      maxDepositLimit !== undefined && {
        max_deposit_limit: wireAmount(operation, 'customer.maxDepositLimit', maxDepositLimit, currency),
      }),
    ...(customer.kycStatus !== undefined && { kyc_status: customer.kycStatus }),
    ...(customer.zipCode !== undefined && { zip_code: customer.zipCode }),
    ...(customer.address !== undefined && { address: customer.address }),
    ...(customer.city !== undefined && { city: customer.city }),
    ...(customer.dateOfBirth !== undefined && { dob: wireBirthday(customer.dateOfBirth, dobFormat) }),
    ...(phone !== undefined && { phone: wirePhone(phone, customer.countryCode) }),
  };
}

interface PhoneParts {
  readonly country?: string | undefined;
  /** Without one, the number is an international one. */
  readonly prefix?: string;
  readonly number: string;
}

/**
 * Numbers in the samples, in which a zero at the front cannot travel. Where it belongs to the number (all of an
 * international one does, and Italy's zero in any form), the number goes as text, which the gateway's own replies mix in
 * too.
 */
function wirePhone(phone: string | PhoneParts, countryCode: string): GatewayCustomer['phone'] {
  const parts: PhoneParts = typeof phone === 'string' ? { number: phone } : phone;
  const prefix = parts.prefix ?? callingCodeOf(parts.number.slice(1)) ?? '';
  const number =
    parts.prefix === undefined
      ? parts.number.slice(1 + prefix.length)
      : withoutTrunkZero(prefix, parts.number);
  return { country: parts.country ?? countryCode, prefix: Number(prefix), number: wireDigits(number) };
}

const wireDigits = (digits: string): string | number => (digits.startsWith('0') ? digits : Number(digits));

function wireBirthday(iso: string, format: WireOptions['dobFormat']): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return format === 'DD/MM/YYYY' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}
