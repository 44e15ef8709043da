/** From a shop's order to the documented body. */
import { formatMoney, type Money, MoneyError, parseMoney } from '../../model/money.ts';
import type {
  CashierRequest,
  DirectRequest,
  GatewayCustomer,
  S2sRequest,
  WithdrawalRequest,
} from '../../wire/gateway/replies.ts';
import type { cardOrder, cashierOrder, directOrder, withdrawalOrder } from '../../wire/gateway/orders.ts';
import type { Output } from '../../wire/schema.ts';
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
    amount: wireAmount(operation, 'amount', order.amount, order.currency),
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
    ...(order.theme && { theme: order.theme }),
    amount_restricted: order.amountRestricted ?? false,
  },
});

export const toDirectRequest = (order: Output<typeof directOrder>, options: WireOptions): DirectRequest => ({
  request: { ...sharedFields('mintDirect', order, options, true), provider_id: wireId(order.providerId) },
});

export const toWithdrawalRequest = (
  order: Output<typeof withdrawalOrder>,
  options: WireOptions,
): WithdrawalRequest => ({
  request: {
    ...sharedFields('mintWithdrawal', order, options, false),
    ...(order.theme && { theme: order.theme }),
  },
});

export const toS2sRequest = (order: Output<typeof cardOrder>, options: WireOptions): S2sRequest => ({
  request: {
    ...sharedFields('chargeCard', order, options, true),
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
  if (money.minor >= 10n ** 15n)
    throw new InputError(operation, [{ path, message: 'has more than 15 digits' }]);
  return Number(formatMoney(money));
}

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
    // Numbers in the samples, so a national zero cannot travel; with a prefix it means nothing anyway.
    ...(phone && {
      phone: {
        country: phone.country,
        prefix: Number(phone.prefix),
        number: Number(phone.number.replace(/^0+/, '')),
      },
    }),
  };
}

function wireBirthday(iso: string, format: WireOptions['dobFormat']): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return format === 'DD/MM/YYYY' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}
