/** `kassa/solid`: registers the tag, and types it: `<kassa-cashier session-url="…" on:kassa-outcome={…} />`. */
import 'solid-js';
import type { CashierAttributes, CashierHandlers, CashierProperties } from '../element/attributes.js';
import type { KassaCashier } from '../element/cashier-element.js';

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'kassa-cashier': HTMLAttributes<KassaCashier> &
        CashierAttributes &
        CashierProperties<'prop:'> &
        CashierHandlers<'on:'>;
    }
  }
}
