/** An order whose payment is followed, and who wants to know. */
import type { CashierError } from '../errors.ts';
import type { Input } from '../machine/machine.ts';

export interface FollowedOrder {
  /** Of the shop's status route. */
  readonly url: string;
  readonly trackingId: string;
  readonly send: (input: Input) => void;
  /** Where the cashier is: one that nobody can see keeps nobody from paying in another one. */
  readonly holder: Element;
  /** Passed in, so that this chunk shares no code with the file that fetches it. */
  readonly safeUrl: (value: string, base?: string) => URL | undefined;
  readonly CashierError: typeof CashierError;
}
