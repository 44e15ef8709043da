/** What the shell says to shoppers. English is always there; other languages come when they are asked for. */
import type { CashierErrorCode } from '../errors.ts';

export interface Words {
  /** The accessible name of the frame. */
  readonly frameTitle: string;
  readonly loading: string;
  readonly tryAgain: string;
  readonly errorTitle: string;
  readonly errors: Readonly<Record<CashierErrorCode, string>>;
}
