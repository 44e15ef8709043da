/**
 * What a shop hands over for each of the gateway's operations, in its own words: camelCase, amounts as decimal
 * strings, ISO 8601 dates. The backend helper checks it before anything is sent and writes the documented body from it.
 */
import * as z from 'zod';
import { callingCodeOf } from '../../model/calling-codes.ts';
import { pathId } from '../parameters.ts';
import { plainObject } from '../plain.ts';

const text = z.string().trim().min(1);
/** Decimal string in major units: `"10.05"`. Numbers are refused: by the time one arrives, it may have been rounded. */
const amount = z.string();

const country = z.string().regex(/^[A-Z]{2}$/, 'use two capital letters, such as "GB"');
/** E.164: a plus, the calling code, the number; 15 digits at most. */
const international = z
  .string()
  .regex(/^\+[1-9][0-9]{5,14}$/, 'use E.164, such as "+44783433252"')
  .refine((text) => callingCodeOf(text.slice(1)) !== undefined, {
    message: 'has no calling code that exists',
  });

export const customerInput = z.object({
  firstName: text,
  lastName: text,
  email: z.email(),
  /** ISO 3166-1 alpha-2. */
  countryCode: country,
  kycStatus: text.optional(),
  zipCode: text.optional(),
  address: text.optional(),
  city: text.optional(),
  /** ISO 8601: `"2000-03-05"`. */
  dateOfBirth: z.iso.date().optional(),
  /** E.164 (`"+44783433252"`), or the parts: `{country: "GB", prefix: "44", number: "783433252"}`. */
  phone: z
    .union(
      [
        international,
        z.object({ country: country.optional(), number: international }),
        z.object({
          country: country.optional(),
          prefix: z.string().regex(/^[0-9]{1,4}$/, 'use the digits of the calling code, such as "44"'),
          number: z.string().regex(/^[0-9]{4,15}$/, 'use the digits of the number, such as "783433252"'),
        }),
      ],
      'use E.164, such as "+44783433252", or {country, prefix, number}',
    )
    .optional(),
  /** Decimal string; left out of withdrawals, which have no such field. */
  maxDepositLimit: amount.optional(),
});
export type CustomerInput = z.input<typeof customerInput>;

const orderFields = {
  /** Your own id of this order: the thread that ties mint, webhook and status together. */
  trackingId: text.pipe(pathId),
  userId: text,
  amount,
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'use an ISO 4217 code, such as "EUR"'),
  customer: customerInput,
  /** The shopper's address, IPv4 or IPv6, as your own server saw it. */
  ip: z.union([z.ipv4(), z.ipv6()]),
  /** Passed through unchanged. */
  settings: plainObject.optional(),
};

export const cashierOrder = z
  .object({
    ...orderFields,
    /** Without one, the shopper says how much. */
    amount: amount.optional(),
    theme: z.enum(['light', 'dark']).optional(),
    /** The shopper may not change the amount. */
    amountRestricted: z.boolean().optional(),
  })
  .check(({ value, issues }) => {
    if (value.amountRestricted !== true || value.amount !== undefined) return;
    issues.push({
      code: 'custom',
      path: ['amount'],
      message: 'is needed where it may not be changed',
      input: undefined,
    });
  });
export type CashierOrder = z.input<typeof cashierOrder>;

const providerId = z.union([z.number().int(), text]);
export const directOrder = z.object({ ...orderFields, providerId });
export type DirectOrder = z.input<typeof directOrder>;

export const withdrawalOrder = z.object({
  ...orderFields,
  theme: z.enum(['light', 'dark']).optional(),
});
export type WithdrawalOrder = z.input<typeof withdrawalOrder>;

export const cardOrder = z.object({
  ...orderFields,
  routingId: providerId,
  card: z.object({
    holderName: text,
    number: z.string().regex(/^[0-9]{12,19}$/, 'must be 12 to 19 digits'),
    expMonth: z.string().regex(/^(0[1-9]|1[0-2])$/, 'must be "01" to "12"'),
    expYear: z.string().regex(/^[0-9]{4}$/, 'must be four digits'),
    cvc: z.string().regex(/^[0-9]{3,4}$/, 'must be three or four digits'),
  }),
});
export type CardOrder = z.input<typeof cardOrder>;

/** One transaction, by the gateway's id, the shop's own, or both. */
export const reference = z
  .object({ transactionId: pathId.optional(), trackingId: pathId.optional() })
  .check(({ value, issues }) => {
    if (value.transactionId !== undefined || value.trackingId !== undefined) return;
    const message = 'give a trackingId or a transactionId';
    const path = ['transactionId' in value && !('trackingId' in value) ? 'transactionId' : 'trackingId'];
    issues.push({ code: 'custom', path, message, input: undefined });
  });

/** Days of ISO 8601, both included. Without a start only the end is asked for, without an end all days until today. */
export const dateRange = z.object({ from: z.string().optional(), to: z.string().optional() });
export type DateRange = z.input<typeof dateRange>;
