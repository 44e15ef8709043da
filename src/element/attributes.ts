/** The tag as templates write it. `kassa/react`, `/vue`, `/svelte`, `/solid` and `/preact` teach it to each of them. */
import type { Flow } from '../model/flows.ts';
import type { ChallengeMode } from './challenge/host.ts';
import type { KassaCashier, Theme } from './cashier-element.ts';
import type { KassaEventMap } from './events.ts';
import type { Display } from './shell/presentation.ts';

export interface CashierAttributes {
  'session-url'?: string;
  'cashier-url'?: string;
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

/** What no attribute can hold. */
export type CashierProperty = 'session' | 'payment' | 'words' | 'dialect';
/** With the prefix that a template uses for properties, if it has one. */
export type CashierProperties<Prefix extends string = ''> = {
  [K in CashierProperty as `${Prefix}${K}`]?: KassaCashier[K];
};

/** The events under their own names, behind the prefix that a template uses: `onkassa-outcome`, `on:kassa-outcome`. */
export type CashierHandlers<Prefix extends string> = {
  [K in keyof KassaEventMap as `${Prefix}${K}`]?: (event: KassaEventMap[K]) => void;
};
