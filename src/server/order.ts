/** What a shop hands over, and the documented body that goes out. */
import { z } from 'zod';
import { formatMoney, type Money, MoneyError, parseMoney } from '../model/money.ts';
import type {
  CashierRequest,
  DirectRequest,
  GatewayCustomer,
  S2sRequest,
  WithdrawalRequest,
} from '../wire/gateway.ts';
import { InputError } from './errors.ts';

const text = z.string().trim().min(1);
/** Decimal string in major units: `"10.05"`. Numbers are refused: by the time one arrives, it may have been rounded. */
const amount = z.string();

export const customerInput = z.strictObject({
  firstName: text,
  lastName: text,
  email: z.email(),
  /** ISO 3166-1 alpha-2. */
  countryCode: z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, such as "GB"'),
  kycStatus: text.optional(),
  zipCode: text.optional(),
  address: text.optional(),
  city: text.optional(),
  /** ISO 8601: `"2000-03-05"`. */
  dateOfBirth: z.iso.date().optional(),
  /** E.164 with its country, or the parts: `{country: "GB", prefix: "44", number: "783433252"}`. */
  phone: z
    .strictObject({
      country: z.string().length(2),
      prefix: z.string().regex(/^[0-9]{1,4}$/),
      number: z.string().regex(/^[0-9]{4,14}$/),
    })
    .optional(),
  /** Decimal string; left out of withdrawals, which have no such field. */
  maxDepositLimit: amount.optional(),
});
export type CustomerInput = z.input<typeof customerInput>;

const orderFields = {
  /** Your own id of this order: the thread that ties mint, webhook and status together. */
  trackingId: text.max(128),
  userId: text,
  amount,
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'use an ISO 4217 code, such as "EUR"'),
  customer: customerInput,
  /** The shopper's address, IPv4 or IPv6, as your own server saw it. */
  ip: z.union([z.ipv4(), z.ipv6()]),
  /** Passed through unchanged. */
  settings: z.record(z.string(), z.unknown()).optional(),
};

export const cashierOrder = z.strictObject({
  ...orderFields,
  theme: z.enum(['light', 'dark']).optional(),
  /** The shopper may not change the amount. */
  amountRestricted: z.boolean().optional(),
});
export type CashierOrder = z.input<typeof cashierOrder>;

const providerId = z.union([z.number().int(), text]);
export const directOrder = z.strictObject({ ...orderFields, providerId });
export type DirectOrder = z.input<typeof directOrder>;

export const withdrawalOrder = z.strictObject({
  ...orderFields,
  theme: z.enum(['light', 'dark']).optional(),
});
export type WithdrawalOrder = z.input<typeof withdrawalOrder>;

export const cardOrder = z.strictObject({
  ...orderFields,
  routingId: providerId,
  card: z.strictObject({
    holderName: text,
    number: z.string().regex(/^[0-9]{12,19}$/, 'must be 12 to 19 digits'),
    expMonth: z.string().regex(/^(0[1-9]|1[0-2])$/, 'must be "01" to "12"'),
    expYear: z.string().regex(/^[0-9]{4}$/, 'must be four digits'),
    cvc: z.string().regex(/^[0-9]{3,4}$/, 'must be three or four digits'),
  }),
});
export type CardOrder = z.input<typeof cardOrder>;

export interface WireOptions {
  readonly mode: 'test' | 'live';
  /** The documents show 05/03/2000 and leave the order open; day first fits their other dates. */
  readonly dobFormat: 'DD/MM/YYYY' | 'MM/DD/YYYY';
}

/** Checks an order before anything is sent. @throws InputError naming the fields, never their values */
export function readOrder<S extends z.ZodType>(operation: string, schema: S, order: z.input<S>): z.output<S> {
  const result = schema.safeParse(order);
  if (result.success) return result.data;
  throw new InputError(
    operation,
    result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}

type AnyOrder =
  | z.output<typeof cashierOrder>
  | z.output<typeof directOrder>
  | z.output<typeof withdrawalOrder>
  | z.output<typeof cardOrder>;

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
  order: z.output<typeof cashierOrder>,
  options: WireOptions,
): CashierRequest => ({
  request: {
    ...sharedFields('mintCashier', order, options, true),
    ...(order.theme && { theme: order.theme }),
    amount_restricted: order.amountRestricted ?? false,
  },
});

export const toDirectRequest = (
  order: z.output<typeof directOrder>,
  options: WireOptions,
): DirectRequest => ({
  request: { ...sharedFields('mintDirect', order, options, true), provider_id: wireId(order.providerId) },
});

export const toWithdrawalRequest = (
  order: z.output<typeof withdrawalOrder>,
  options: WireOptions,
): WithdrawalRequest => ({
  request: {
    ...sharedFields('mintWithdrawal', order, options, false),
    ...(order.theme && { theme: order.theme }),
  },
});

export const toS2sRequest = (order: z.output<typeof cardOrder>, options: WireOptions): S2sRequest => ({
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
