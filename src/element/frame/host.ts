/** What a frame needs of the element around it. */
import type { Dialect } from '../../protocol/page-link.ts';
import type { Input } from '../machine/machine.ts';
import type { GuessedTag } from './ahead.ts';

export interface FrameHost {
  readonly tag: HTMLElement & GuessedTag & { readonly dialect: Dialect | undefined };
  /** Where the iframe goes. */
  readonly holder: Element;
  readonly lang: () => string;
  readonly send: (input: Input) => void;
  /** The hosted page says that the shopper wants to leave. */
  readonly onLeave: () => void;
  /** For diagnostics. */
  readonly note: (what: string) => void;
}
