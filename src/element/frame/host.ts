/** What a frame needs of the element around it; handed over, like all that the first file holds already. */
import type { Dialect } from '../../protocol/page-link.ts';
import type { CashierError } from '../errors.ts';
import type { KassaRedirectEvent } from '../events.ts';
import type { Input } from '../machine/machine.ts';
import type { GuessedTag } from './ahead.ts';
import type { keepHeight } from './last-height.ts';

export interface FrameHost {
  readonly tag: HTMLElement & GuessedTag & { readonly dialect: Dialect | undefined };
  /** Where the iframe goes. */
  readonly holder: Element;
  readonly lang: () => string;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
  readonly send: (input: Input) => void;
  /** The hosted page says that the shopper wants to leave. */
  readonly onLeave: () => void;
  /** For diagnostics. */
  readonly note: (what: string) => void;
  readonly safeUrl: (value: string) => URL | undefined;
  readonly keepHeight: typeof keepHeight;
  readonly CashierError: typeof CashierError;
  readonly KassaRedirectEvent: typeof KassaRedirectEvent;
}
