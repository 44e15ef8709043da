/** What a shop hands to `createNixo`, in Kassa's own words. */
import { z } from 'zod';
import { MoneyError, parseMoney } from '../../model/money.ts';

export const payoutOrder = z
  .strictObject({
    /** Decimal string in major units: `"250.00"`. */
    amount: z.string(),
    /** ISO 4217. */
    currency: z.string(),
    /** ISO 3166-1 alpha-2. */
    destinationCountry: z.string().regex(/^[A-Z]{2}$/),
    recipient: z.strictObject({ fullName: z.string().min(1), accountIban: z.string().min(1) }),
    reference: z.string().optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
    /** Default: the operating account. */
    sourceAccount: z.string().optional(),
  })
  .check(({ value, issues }) => {
    try {
      if (parseMoney(value.amount, value.currency).minor > 0n) return;
      issues.push({ code: 'custom', path: ['amount'], message: 'must be more than 0', input: value.amount });
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      issues.push({ code: 'custom', path: ['amount'], message: error.message, input: value.amount });
    }
  });
export type PayoutOrder = z.input<typeof payoutOrder>;
