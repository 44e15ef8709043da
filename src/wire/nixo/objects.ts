/**
 * What travels between a shop's backend and Nixo, in Nixo's own words: amounts are JSON numbers, times unix seconds.
 * Its documents print the payout and the errors; accounts, balances, list parameters and events are Kassa's own reading.
 */
import * as z from 'zod';
import { MoneyError, moneyFromWire } from '../../model/money.ts';
import { plainObject } from '../plain.ts';

export const NIXO_VERSION = '2025-01-01';

export const NIXO_ID = {
  payout: /^pyt_[A-Za-z0-9]{12}$/,
  account: /^acc_[A-Za-z0-9]{12}$/,
} as const;

const currency = z.string().regex(/^[A-Z]{3}$/);
const country = z.string().regex(/^[A-Z]{2}$/);
/** Open: the documents' lists of words may grow. */
const word = z.string();
/** Unix seconds. */
const time = z.number();

/** Shape only: the IBAN that the documents print has a wrong checksum. */
const iban = z.string().regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/);

export const recipient = z.object({ full_name: z.string().min(1), account_iban: iban });

export const payoutRequest = z
  .object({
    amount: z.number(),
    currency,
    destination_country: country,
    recipient,
    reference: z.string().optional(),
    metadata: plainObject.optional(),
    /** Default: the operating account. */
    source_account: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    const problem = faultOf(value.amount, value.currency);
    if (problem !== undefined) {
      issues.push({ code: 'custom', path: ['amount'], message: problem, input: value.amount });
    }
  });
export type PayoutRequest = z.input<typeof payoutRequest>;

/** As the documents print it for a payout of nothing. */
export const AMOUNT_TOO_SMALL = 'amount must be greater than 0';

/** A number that cannot be written with the digits of its currency was reckoned wrongly: 0.1 + 0.2 is refused. */
function faultOf(amount: number, code: string): string | undefined {
  if (!(amount > 0)) return AMOUNT_TOO_SMALL;
  try {
    moneyFromWire(amount, code);
    return undefined;
  } catch (error) {
    if (error instanceof MoneyError) return error.message;
    throw error;
  }
}

export const accountRequest = z.object({
  type: z.enum(['customer', 'business']),
  name: z.string().min(1),
  email: z.string().min(3).optional(),
  country: country.optional(),
  metadata: plainObject.optional(),
});
export type AccountRequest = z.input<typeof accountRequest>;

export const payout = z.looseObject({
  id: z.string(),
  object: z.literal('payout'),
  amount: z.number(),
  currency: z.string(),
  status: word,
  created: time,
  destination_country: z.string().optional(),
  recipient: z.looseObject({ full_name: z.string(), account_iban: z.string() }).optional(),
  reference: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  source_account: z.string().optional(),
  failure_reason: z.string().nullish(),
  /** Oldest first; with a single payout, not in lists. */
  history: z.array(z.looseObject({ status: word, at: time })).optional(),
});

export const account = z.looseObject({
  id: z.string(),
  object: z.literal('account'),
  type: word,
  name: z.string(),
  email: z.string().nullish(),
  country: z.string().nullish(),
  kyc_status: word,
  created: time,
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export const balance = z.looseObject({
  object: z.literal('balance'),
  currency: z.string(),
  available: z.number(),
  /** In payouts that are under way. */
  pending: z.number(),
});
export const balanceList = z.looseObject({ object: z.literal('list'), data: z.array(balance) });

/** Other names of the two fields are taken too: the documents show no list. */
export const payoutList = z.looseObject({
  object: z.literal('list'),
  data: z.array(payout),
  has_more: z.boolean().optional(),
  hasMore: z.boolean().optional(),
  nextCursor: z.string().nullish(),
});

export const nixoError = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string(), field: z.string().optional() }),
});

/** The envelope of every event is Kassa's own; the documents name the four types. */
const event = <T extends string, D extends z.ZodType>(type: T, object: D) =>
  z.looseObject({
    id: z.string(),
    object: z.literal('event'),
    type: z.literal(type),
    created: time,
    data: z.looseObject({ object }),
  });

export const nixoEvent = z.discriminatedUnion('type', [
  event('payout.created', payout),
  event('payout.succeeded', payout),
  event('payout.failed', payout),
  event('balance.updated', z.looseObject({ ...balance.shape, account: z.string() })),
]);
