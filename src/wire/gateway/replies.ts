/**
 * What travels between a shop's backend and the gateway, in the gateway's own words.
 *
 * The gateway's documents print samples, not schemas: which fields are required is Kassa's decision, and
 * requests and replies alike keep unknown keys. Each side parses what it RECEIVES with these.
 */
import * as z from 'zod';

/** A JSON number in the samples (10.05); numeric strings are accepted, because the webhooks send them. */
export const amount = z.union([z.number(), z.string()]);

/** Ids are numbers in one sample and strings in the next (`provider_id`, `customer.id`): compare them as text. */
export const looseId = z.union([z.string().min(1), z.number()]).transform(String);

const phone = z.looseObject({
  country: z.string().optional(),
  number: z.union([z.number(), z.string()]).optional(),
  prefix: z.union([z.number(), z.string()]).optional(),
});

export const gatewayCustomer = z.looseObject({
  first_name: z.string().min(1),
  last_name: z.string().min(1),
  email: z.string().min(3),
  country_code: z.string().length(2),
  max_deposit_limit: amount.optional(),
  kyc_status: z.string().optional(),
  zip_code: z.string().optional(),
  address: z.string().optional(),
  city: z.string().optional(),
  /** DD/MM/YYYY in the samples, day first. */
  dob: z.string().optional(),
  phone: phone.optional(),
});
export type GatewayCustomer = z.input<typeof gatewayCustomer>;

/** Passed through unchanged. The keys named here are the sandbox's own; the gateway documents none. */
export const gatewaySettings = z.looseObject({
  return_url: z.string().optional(),
  language: z.string().optional(),
  allowed_origins: z.array(z.string()).optional(),
});

/** What every request that opens or charges a payment has. */
const order = {
  mode: z.string().optional(),
  settings: gatewaySettings.default({}),
  user_id: looseId,
  tracking_id: z.string().min(1),
  ip: z.union([z.ipv4(), z.ipv6()]),
  currency: z.string().length(3),
  customer: gatewayCustomer,
};

export const cashierRequest = z.looseObject({
  request: z.looseObject({
    ...order,
    amount: amount.optional(),
    theme: z.string().optional(),
    amount_restricted: z.boolean().default(false),
  }),
});
export type CashierRequest = z.input<typeof cashierRequest>;

export const directRequest = z.looseObject({
  request: z.looseObject({ ...order, amount, provider_id: looseId }),
});
export type DirectRequest = z.input<typeof directRequest>;

export const cardDetails = z.looseObject({
  holder_name: z.string().min(1),
  card_number: z.string().regex(/^[0-9]{12,19}$/),
  exp_month: z.string().regex(/^(0[1-9]|1[0-2])$/),
  exp_year: z.string().regex(/^[0-9]{4}$/),
  cvc: z.string().regex(/^[0-9]{3,4}$/),
});

export const s2sRequest = z.looseObject({
  request: z.looseObject({ ...order, amount, routing_id: looseId, card_details: cardDetails }),
});
export type S2sRequest = z.input<typeof s2sRequest>;

export const withdrawalRequest = z.looseObject({
  request: z.looseObject({ ...order, amount, theme: z.string().optional() }),
});
export type WithdrawalRequest = z.input<typeof withdrawalRequest>;

/** Approve and reject take the same body. */
export const decisionRequest = z.looseObject({ transaction_id: z.string().min(1) });

/** What a cashier or withdrawal mint answers. The sample token is 50 alphanumeric characters. */
export const tokenReply = z.looseObject({ token: z.string().min(1) });

/** The direct mint has no sample reply: a token by analogy, a URL by its description. */
export const directReply = z.union([tokenReply, z.looseObject({ url: z.string().min(1) })]);

/** `url` is empty, null, missing or the literal template `{{url}}` when no redirect is needed. */
export const s2sReply = z.looseObject({
  url: z.string().nullish(),
  transaction_status: z.string(),
  error: z
    .union([
      z.string(),
      z.looseObject({ code: z.union([z.string(), z.number()]).optional(), message: z.string().optional() }),
    ])
    .optional(),
});
export type S2sReply = z.infer<typeof s2sReply>;

export const rejectReply = z.looseObject({ message: z.string() });
export const approveReply = z.looseObject({ message: z.string(), transaction_status: z.string() });

export const statusReply = z.looseObject({
  transaction_status: z.string(),
  rejected_reason: z.string().nullish(),
});
export type StatusReply = z.infer<typeof statusReply>;

const wireMoney = z.looseObject({ value: amount, currency: z.string() });

/** One element of the transaction list: a bare array, with the documents' own mixture of id types and cases. */
export const listedTransaction = z.looseObject({
  transaction: z.looseObject({
    id: z.string(),
    /** `YYYY-MM-DD HH:mm:ss`, without a zone. */
    date: z.string(),
    type: z.string(),
    status: z.string(),
    transaction_id: z.string(),
    tracking_id: z.string(),
  }),
  provider: z.looseObject({
    provider: z.string(),
    provider_name: z.string(),
    provider_id: looseId,
    amount: wireMoney,
    credited_amount: wireMoney,
    fx: wireMoney.optional(),
  }),
  customer: z.looseObject({
    id: looseId,
    first_name: z.string(),
    last_name: z.string(),
    dob: z.string().nullish(),
    country: z.string(),
    tags: z.array(z.string()).optional(),
    IP: z.string().optional(),
  }),
});
export const listReply = z.array(listedTransaction);
export type ListedTransaction = z.infer<typeof listedTransaction>;

/** The body of an HTTP 400: one of the twelve codes of `model/gateway-codes.ts`. */
export const gatewayError = z.looseObject({ code: z.number(), message: z.string() });

/** The body of an HTTP 422, for faults that no code covers; Kassa's own shape, so it cannot be mistaken for a coded one. */
export const gatewayInvalid = z.looseObject({
  message: z.string(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })),
});
