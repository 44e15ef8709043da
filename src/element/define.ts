/** Registers `<kassa-cashier>`. The one module of the browser side with a side effect. */
import { KassaCashier } from './cashier-element.ts';

export const TAG = 'kassa-cashier';

// A page may load the script twice, or a bundle and the script tag: the first one stays, and says so to the second.
const known = typeof customElements === 'undefined' ? KassaCashier : customElements.get(TAG);
if (!known) customElements.define(TAG, KassaCashier);
else if (known !== KassaCashier) {
  // oxlint-disable-next-line no-console -- two versions on one page is a mistake that nobody would see otherwise
  console.warn(`<${TAG}> is defined already; load Kassa once.`);
}
