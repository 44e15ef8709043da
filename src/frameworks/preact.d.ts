/** `kassa/preact`: registers the tag, and types it: `<kassa-cashier session-url="…" onkassa-outcome={…} />`. */
import type { HTMLAttributes } from 'preact';
import type { CashierAttributes, CashierHandlers, CashierProperties } from '../element/attributes.js';
import type { KassaCashier } from '../element/cashier-element.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'kassa-cashier': HTMLAttributes<KassaCashier> &
        CashierAttributes &
        CashierProperties &
        CashierHandlers<'on'>;
    }
  }
}
