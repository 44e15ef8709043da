/**
 * A cross-site frame follows the used `color-scheme` of its iframe, live and without a message, and is transparent
 * only when both agree (measured in Chromium, Firefox and WebKit). So the scheme must never be left `normal`. `light`
 * and `dark` are style rules of the element; under `auto` it inherits the page's scheme, and a page that declares
 * none is a light page.
 */
const WATCHED = ['class', 'style', 'data-theme', 'data-color-scheme'];

/** Tells whether the page around the element declares no scheme: now, and whenever its root changes. */
export function watchPlainPage(host: HTMLElement, tell: (plain: boolean) => void): () => void {
  const look = (): void => {
    const root = host.getRootNode();
    const around =
      host.assignedSlot ?? host.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
    tell(around === undefined || getComputedStyle(around).colorScheme === 'normal');
  };
  const observer = new MutationObserver(look);
  for (const root of [document.documentElement, document.body]) {
    observer.observe(root, { attributeFilter: WATCHED });
  }
  look();
  return () => observer.disconnect();
}
