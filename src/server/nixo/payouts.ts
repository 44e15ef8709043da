/** A payout, from a shop's words to Nixo's and back. */
import { formatMoney, moneyFromWire, parseMoney } from '../../model/money.ts';
import { statusOf } from '../../model/nixo/statuses.ts';
import type { Status } from '../../model/statuses.ts';
import * as wire from '../../wire/nixo/objects.ts';
import { type PayoutOrder as OwnPayoutOrder, payoutOrder } from '../../wire/nixo/orders.ts';
import { readInput } from '../input.ts';

/** In Kassa's words; the body that Nixo's documents print is taken too. */
export type PayoutOrder = OwnPayoutOrder | wire.PayoutRequest;

/** @throws InputError */
export function toPayoutRequest(given: PayoutOrder): wire.PayoutRequest {
  const operation = 'createPayout';
  if ('destination_country' in given) return readInput(operation, wire.payoutRequest, given);
  const { amount, currency, destinationCountry, recipient, sourceAccount, reference, metadata } = readInput(
    operation,
    payoutOrder,
    given,
  );
  return readInput(operation, wire.payoutRequest, {
    // Nixo wants a number. The shortest text of this one is the amount again, or it is refused above.
    amount: Number(formatMoney(parseMoney(amount, currency))),
    currency,
    destination_country: destinationCountry,
    recipient: { full_name: recipient.fullName, account_iban: recipient.accountIban },
    ...(reference !== undefined && { reference }),
    ...(metadata && { metadata }),
    ...(sourceAccount !== undefined && { source_account: sourceAccount }),
  });
}

export interface Payout {
  readonly id: string;
  /** Decimal string in major units. */
  readonly amount: string;
  readonly currency: string;
  readonly status: Status;
  /** Nixo's own word: `processing`, `succeeded`, `failed`, `canceled`. */
  readonly rawStatus: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly destinationCountry?: string;
  readonly recipient?: { readonly fullName: string; readonly accountIban: string };
  readonly reference?: string;
  readonly sourceAccount?: string;
  readonly failureReason?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Oldest first; with a single payout, not in lists. */
  readonly history: readonly { readonly rawStatus: string; readonly at: string }[];
}

export function describePayout(row: wire.Payout): Payout {
  const { id, amount, currency, status, created, recipient, history = [], metadata = {} } = row;
  return {
    id,
    amount: decimal(amount, currency),
    currency,
    status: statusOf(status),
    rawStatus: status,
    createdAt: iso(created),
    ...(row.destination_country !== undefined && { destinationCountry: row.destination_country }),
    ...(recipient && { recipient: { fullName: recipient.full_name, accountIban: recipient.account_iban } }),
    ...(row.reference && { reference: row.reference }),
    ...(row.source_account !== undefined && { sourceAccount: row.source_account }),
    ...(row.failure_reason && { failureReason: row.failure_reason }),
    metadata,
    history: history.map(({ status: rawStatus, at }) => ({ rawStatus, at: iso(at) })),
  };
}

export const iso = (unixSeconds: number): string => new Date(unixSeconds * 1_000).toISOString();

/** Nixo's number as text; of a currency that is in no list, as it came. */
export function decimal(amount: number, currency: string): string {
  try {
    return formatMoney(moneyFromWire(amount, currency));
  } catch {
    return String(amount);
  }
}
