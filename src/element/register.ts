export const TAG = 'kassa-cashier';

/**
 * Answers whether it is this class that the tag has from now on. A page may load the script twice, or a bundle and the script
 * tag: the first one stays, and says so to the second. Without a window there is nothing to register it with.
 */
export function register(Cashier: CustomElementConstructor): boolean {
  if (typeof customElements === 'undefined') return false;
  const known = customElements.get(TAG);
  if (!known) customElements.define(TAG, Cashier);
  else if (known !== Cashier) {
    // oxlint-disable-next-line no-console -- two versions on one page is a mistake that nobody would see otherwise
    console.warn(`<${TAG}> is defined already; load Kassa once.`);
  }
  return !known;
}
