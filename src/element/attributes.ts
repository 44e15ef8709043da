/** The tag's attributes as JSX writes them: `kassa/react` adds them to React, any other JSX can do the same with this. */
import type { Flow } from '../model/flows.ts';
import type { ChallengeMode } from './challenge/host.ts';
import type { Theme } from './cashier-element.ts';
import type { Display } from './shell/presentation.ts';

export interface CashierAttributes {
  'session-url'?: string;
  flow?: Flow;
  display?: Display;
  theme?: Theme;
  anchor?: string;
  challenge?: ChallengeMode;
  open?: boolean;
  prewarm?: boolean;
  lang?: string;
  'timeout-ms'?: number | string;
}
