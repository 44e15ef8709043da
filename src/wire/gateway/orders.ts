/**
 * What a shop hands over for each of the gateway's operations, in its own words: camelCase, amounts as decimal
 * strings, ISO 8601 dates. The backend helper checks it before anything is sent and writes the documented body from it.
 */
import { z } from 'zod';

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
