/** What the shell says to shoppers. English is always there; other languages come when they are asked for. */
import type { CashierErrorCode } from '../errors.ts';

export interface Words {
  /** The accessible name of the frame. */
  readonly frameTitle: string;
  readonly loading: string;
  readonly tryAgain: string;
  readonly openInWindow: string;
  readonly close: string;
  readonly errorTitle: string;
}

/** By error; what only the shop's developers can mend is one sentence, `shop-fault`. */
export type ErrorWords = Readonly<
  Partial<Record<CashierErrorCode, string>> &
    Record<
      | 'shop-fault'
      | 'outcome-unknown'
      | 'check-again'
      | 'other-tab'
      | 'other-tab-title'
      | 'page-stopped'
      | 'page-stopped-title'
      | 'open-again'
      | 'came-back-title'
      | 'continue',
      string
    >
>;
