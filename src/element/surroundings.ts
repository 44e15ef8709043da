/**
 * What the element takes from the page around it: language and colour scheme.
 *
 * A cross-site frame follows the used `color-scheme` of its iframe, live and without a message, and is transparent
 * only when both agree (measured in Chromium, Firefox and WebKit). So the scheme must never be left `normal`. `light`
 * and `dark` are style rules of the element; under `auto` it inherits the page's scheme, and a page that declares
 * none is a light page.
 */
const WATCHED = ['class', 'style', 'lang', 'data-theme', 'data-color-scheme'];

export interface Surroundings {
  /** The page declares no colour scheme. */
  readonly plain: boolean;
  /** BCP 47: of the nearest ancestor that has one, else the browser's. */
  readonly lang: string;
}

export function surroundingsOf(host: HTMLElement): Surroundings {
  const root = host.getRootNode();
  const around =
    host.assignedSlot ?? host.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  return {
    plain: around === undefined || getComputedStyle(around).colorScheme === 'normal',
    lang: host.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? navigator.language,
  };
}

/** Calls back when something changed on the root elements of the page, until the returned function is called. */
export function watchSurroundings(look: () => void): () => void {
  const observer = new MutationObserver(look);
  for (const root of [document.documentElement, document.body]) {
    observer.observe(root, { attributeFilter: WATCHED });
  }
  return () => observer.disconnect();
}
