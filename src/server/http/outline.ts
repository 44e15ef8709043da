/** What an error may tell of a request: enough for the system's support, nothing that is secret or about a person. */
import type { RequestOutline } from '../errors.ts';

/** Names, in any of the three systems, whose values are neither. */
const TELLS = new Set(
  (
    'amount currency asset mode theme amount_restricted transaction_id tracking_id user_id provider_id routing_id id ' +
    'from to limit status type destination_country source_account created_gte created_lte starting_after accountId ' +
    'beneficiaryId quoteId fromAsset toAsset fromAmount toAmount chainName method createdAtGte createdAtLte cursor ' +
    'fixed bps enabled disabled'
  ).split(' '),
);
const LAST_DIGITS = 4;

export const outlineOf = (query: object = {}, body?: unknown): RequestOutline => ({
  query: outline('', query) as RequestOutline['query'],
  body: body === undefined ? undefined : outline('', body),
});

function outline(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => outline(name, item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== 'cvc')
        .map(([key, item]) => [key, outline(key, item)]),
    );
  }
  if (TELLS.has(name) || value === null) return value;
  if (name === 'card_number' && typeof value === 'string') return `…${value.slice(-LAST_DIGITS)}`;
  return `[${typeof value}]`;
}
