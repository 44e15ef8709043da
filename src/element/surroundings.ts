/**
 * What the element takes from the page around it: language and colour scheme.
 *
 * A cross-site frame follows the used `color-scheme` of its iframe, live and without a message, and is transparent
 * only when both agree (measured in Chromium, Firefox and WebKit). So the scheme must never be left `normal`. `light`
 * and `dark` are style rules of the element; under `auto` it inherits what the page's styles declare. A page that
 * declares nothing there may do so in its `<meta name="color-scheme">`, which is not inherited; else it is light.
 */
const WATCHED = ['class', 'style', 'lang', 'data-theme', 'data-color-scheme'];

export const PAGE_SCHEMES = ['page-light', 'page-dark', 'page-both'] as const;
export type PageScheme = (typeof PAGE_SCHEMES)[number];

export interface Surroundings {
  /** A scheme of the page that no element inherits, as the name of a state of the element. */
  readonly scheme: PageScheme | undefined;
  /** BCP 47: of the nearest ancestor that has one, else the browser's. */
  readonly lang: string;
}

export function surroundingsOf(host: HTMLElement): Surroundings {
  const root = host.getRootNode();
  const around =
    host.assignedSlot ?? host.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  return {
    scheme: around && getComputedStyle(around).colorScheme !== 'normal' ? undefined : declaredInHead(),
    lang: host.closest<HTMLElement>('[lang]:not([lang=""])')?.lang ?? navigator.language,
  };
}

function declaredInHead(): PageScheme {
  const words =
    document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content.split(' ') ?? [];
  if (!words.includes('dark')) return 'page-light';
  return words.includes('light') ? 'page-both' : 'page-dark';
}

/** Calls back when something changed on the root elements of the page, until the returned function is called. */
export function watchSurroundings(look: () => void): () => void {
  const observer = new MutationObserver(look);
  for (const root of [document.documentElement, document.body]) {
    observer.observe(root, { attributeFilter: WATCHED });
  }
  return () => observer.disconnect();
}
