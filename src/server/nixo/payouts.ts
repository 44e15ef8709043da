/** A payout, from a shop's words to Nixo's and back. */
import { formatMoney, parseMoney } from '../../model/money.ts';
import { statusOf } from '../../model/nixo/statuses.ts';
import type { Status } from '../../model/statuses.ts';
import * as wire from '../../wire/nixo/objects.ts';
import { type PayoutOrder as OwnPayoutOrder, payoutOrder } from '../../wire/nixo/orders.ts';
import { maybe } from '../../wire/reading.ts';
import type { Output } from '../../wire/schema.ts';
import { withFields } from '../../wire/unknown-fields.ts';
import { InputError } from '../errors.ts';
import { readInput, readUnknown, type UnknownFields } from '../input.ts';
import { decimal, defined, timeOf, timesOf } from './values.ts';

/** In Kassa's words; the body that Nixo's documents print is taken too. */
export type PayoutOrder = OwnPayoutOrder | wire.PayoutRequest;

/**
 * The body for Nixo. What is wrong with it is said of the caller's own field: `recipient.accountIban`.
 * @throws InputError
 */
export function toPayoutRequest(given: PayoutOrder, policy: UnknownFields): object {
  const operation = 'createPayout';
  if ('destination_country' in given) {
    const unknown = readUnknown(operation, wire.payoutRequest, given, policy);
    return withFields(readInput(operation, wire.payoutRequest, given), unknown);
  }
  const unknown = readUnknown(operation, payoutOrder, given, policy);
  const order = readInput(operation, payoutOrder, given);
  const { amount, currency, destinationCountry, recipient, sourceAccount, reference, metadata } = order;
  const money = parseMoney(amount, currency);
  if (money.minor >= LARGEST_EXACT) {
    throw new InputError(operation, [{ path: 'amount', message: 'has more than 15 digits' }]);
  }
  const body = {
    // Nixo wants a number: exact up to 15 digits.
    amount: Number(formatMoney(money)),
    currency,
    destination_country: destinationCountry,
    recipient: { full_name: recipient.fullName, account_iban: recipient.accountIban },
    ...(reference !== undefined && { reference }),
    ...(metadata && { metadata }),
    ...(sourceAccount !== undefined && { source_account: sourceAccount }),
  };
  return withFields(readInput(operation, wire.payoutRequest, body, ownName), unknown);
}

const LARGEST_EXACT = 10n ** 15n;

/** `account_iban` is `accountIban` to whoever calls. */
const ownName = (field: string): string =>
  field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Nixo's overview promises an id, a status and timestamps; the rest may be missing, and an odd row of a list may lack all. */
export interface Payout {
  readonly id: string;
  /** Decimal string in major units. */
  readonly amount?: string;
  readonly currency?: string;
  /** `pending` as long as nothing else was read. */
  readonly status: Status;
  /** Nixo's own word: `processing`, `succeeded`, `failed`, `canceled`; empty when it said none. */
  readonly rawStatus: string;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly destinationCountry?: string;
  readonly recipient?: { readonly fullName?: string; readonly accountIban?: string };
  readonly reference?: string;
  readonly sourceAccount?: string;
  readonly failureReason?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Oldest first; with a single payout, not in lists. */
  readonly history: readonly { readonly rawStatus?: string; readonly at?: string }[];
  /** The payout as it came. */
  readonly raw: unknown;
}

export function describePayout(row: Output<typeof wire.payout>, raw: unknown): Payout {
  const { id, currency, recipient, reference, metadata = {}, history = [] } = row;
  const status = maybe(row.status) ?? '';
  return {
    id,
    rawStatus: status,
    ...defined({
      amount: decimal(row.amount, currency),
      currency,
      createdAt: timeOf(raw, 'created', 'created_at'),
      destinationCountry: row.destination_country,
      recipient: recipient && defined({ fullName: recipient.full_name, accountIban: recipient.account_iban }),
      reference: reference ?? undefined,
      sourceAccount: row.source_account,
      failureReason: row.failure_reason ?? undefined,
    }),
    status: statusOf(status),
    metadata,
    history: timesOf(raw, 'history', 'at').map((at, index) =>
      defined({ rawStatus: history[index]?.status, at }),
    ),
    raw,
  };
}
