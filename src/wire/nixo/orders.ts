/** What a shop hands to `createNixo`, in Kassa's own words. */
import * as z from 'zod';
import { MoneyError, parseMoney } from '../../model/money.ts';
import { NIXO_STATUS_WORDS } from '../../model/nixo/statuses.ts';
import { checkRange, pageSize, time } from '../parameters.ts';
import { plainObject } from '../plain.ts';
import { AMOUNT_TOO_SMALL } from './objects.ts';

export const payoutOrder = z
  .object({
    /** Decimal string in major units: `"250.00"`. */
    amount: z.string(),
    /** ISO 4217. */
    currency: z.string(),
    /** ISO 3166-1 alpha-2. */
    destinationCountry: z.string().regex(/^[A-Z]{2}$/),
    recipient: z.object({ fullName: z.string().min(1), accountIban: z.string().min(1) }),
    reference: z.string().optional(),
    metadata: plainObject.optional(),
    /** Default: the operating account. */
    sourceAccount: z.string().optional(),
  })
  .check(({ value, issues }) => {
    try {
      if (parseMoney(value.amount, value.currency).minor > 0n) return;
      issues.push({ code: 'custom', path: ['amount'], message: AMOUNT_TOO_SMALL, input: value.amount });
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      issues.push({ code: 'custom', path: ['amount'], message: error.message, input: value.amount });
    }
  });
export type PayoutOrder = z.input<typeof payoutOrder>;

/** How a list of payouts may be narrowed. No document of Nixo's shows these parameters. */
export const payoutFilter = z
  .object({
    status: z.enum(NIXO_STATUS_WORDS).optional(),
    /** ISO 4217. */
    currency: z.string().optional(),
    /** ISO 8601, both included: a day, or a time to the second. */
    from: time.optional(),
    to: time.optional(),
    /** How many rows a page has, 1 to 100. */
    limit: pageSize,
  })
  .check(checkRange('from', 'to'));
export type PayoutFilter = z.input<typeof payoutFilter>;
