/** What an Nxos client checks of its input beside the shapes. */
import { type Asset, formatAmount, parseAmount } from '../../model/assets.ts';
import { NXOS_ID } from '../../wire/nxos/objects.ts';
import { InputError } from '../errors.ts';

const PATTERNS = {
  accountId: NXOS_ID.account,
  beneficiaryId: NXOS_ID.beneficiary,
  fundingMethodId: NXOS_ID.fundingMethod,
  transactionId: NXOS_ID.transaction,
  quoteId: NXOS_ID.quote,
  endpointId: NXOS_ID.endpoint,
} as const;

/** An id of another kind is a slip of the pen, and would be somebody's money elsewhere. */
export function checkIds(
  operation: string,
  ids: Partial<Readonly<Record<keyof typeof PATTERNS, string>>>,
): void {
  const wrong = Object.entries(PATTERNS).flatMap(([path, pattern]) => {
    // An id that was left out would be sent as the word "undefined".
    if (!Object.hasOwn(ids, path)) return [];
    const id: unknown = ids[path as keyof typeof PATTERNS];
    if (typeof id === 'string' && pattern.test(id)) return [];
    return [{ path, message: `must look like ${pattern.source.replace(/^\^|\$$/g, '')}` }];
  });
  if (wrong.length > 0) throw new InputError(operation, wrong);
}

/** `"10.5"` of USD is sent as `"10.50"`. */
export const nativeScale = (amount: string, asset: Asset): string =>
  formatAmount(parseAmount(amount, asset), asset);
