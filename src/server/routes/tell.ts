/** How the shop hears of what went wrong. */
import { KassaError } from '../../model/errors.ts';
import type { Difference, Order, StatusChange } from '../orders/order.ts';

/** Where a shop gave no `onError`: said where operators look, with what to do about it. */
export function tellConsole(error: unknown): void {
  const hint = error instanceof KassaError ? ` ${error.hint}` : '';
  // oxlint-disable-next-line no-console -- silence would be worse: a shop that sets nothing up must still hear of it
  console.error(`[kassa] ${error instanceof Error ? error.message : String(error)}${hint}`);
}

/** A handler of errors must not make any. */
export function safely(onError: (error: unknown) => unknown): (error: unknown) => void {
  return (error) => {
    try {
      void Promise.resolve(onError(error)).catch(tellConsole);
    } catch (fault) {
      tellConsole(error);
      tellConsole(fault);
    }
  };
}

const SAID: Readonly<Record<Difference, string>> = {
  amount: 'the amount differs',
  currency: 'the currency differs',
  type: 'the money goes another way',
  user: 'it is another user’s',
  status: 'it was reported as successful before',
  'paid-twice': 'the order was paid before, by another transaction',
};

/** What the gateway reports is authentic, and not what the shop ordered. */
export class MismatchError extends KassaError<'mismatch'> {
  readonly change: StatusChange;

  constructor(change: StatusChange, order: Order | undefined) {
    const { trackingId, transactionId, rawStatus, amount, currency, type, mismatch = [] } = change;
    const { terms } = order ?? {};
    const wanted = terms?.openAmount
      ? `${terms.openAmount.min} to ${terms.openAmount.max} ${terms.currency}`
      : `${terms?.amount} ${terms?.currency}`;
    super({
      code: 'mismatch',
      message:
        `Order ${trackingId}, ${terms ? `a ${terms.direction} of ${wanted}` : 'not opened here'}: the gateway reports ` +
        `transaction ${transactionId} as ${rawStatus}, ${type} ${amount} ${currency}; ` +
        `${mismatch.map((difference) => SAID[difference]).join(', ')}.`,
      hint:
        'It does not count as paid, and onStatus was not called. Look it up in the gateway’s portal; then ' +
        "kassa.decide({ trackingId, transactionId }, 'accept' or 'refuse'), or decide in onMismatch.",
      retryable: false,
    });
    this.change = change;
  }
}
