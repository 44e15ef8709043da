/** `kassa/svelte`: registers the tag, and types it: `<kassa-cashier session-url="…" onkassa-outcome={…} />`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { CashierAttributes, CashierHandlers, CashierProperties } from '../element/attributes.js';
import type { KassaCashier } from '../element/cashier-element.js';

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'kassa-cashier': HTMLAttributes<KassaCashier> &
      CashierAttributes &
      CashierProperties &
      CashierHandlers<'on'> &
      // Svelte 4
      CashierHandlers<'on:'>;
  }
}
