/**
 * What the element takes from the page around it: language, colour scheme, and whether the shop set colours.
 *
 * A cross-site frame follows the used `color-scheme` of its iframe, live and without a message, and is transparent
 * only when both agree (measured in Chromium, Firefox and WebKit). So the scheme must never be left `normal`. Under
 * `theme="auto"` the element inherits what the page's styles declare. A page that declares nothing there may do so in
 * its `<meta name="color-scheme">`, which is not inherited; else it is light.
 */
import { languageOf } from './language.ts';

const WATCHED = ['class', 'style', 'lang', 'data-theme', 'data-color-scheme'];

/** The names of `protocol/theme.ts`, and the seed of them; a test holds the two together. */
export const THEMED = ['seed', 'ink', 'quiet', 'surface', 'line', 'accent', 'on-accent', 'radius', 'font'];

export interface Surroundings {
  /** A value of `color-scheme` where the page's styles declare none; else empty. */
  readonly scheme: string;
  /** BCP 47: of the nearest ancestor that has one, else the browser's. */
  readonly lang: string;
  /** The shop set one of the `--kassa-*` properties that reach into the frame. */
  readonly themed: boolean;
}

export function surroundingsOf(host: HTMLElement): Surroundings {
  const style = getComputedStyle(host);
  return {
    scheme: style.colorScheme === 'normal' ? declaredInHead() : '',
    lang: languageOf(host),
    themed: THEMED.some((name) => style.getPropertyValue(`--kassa-${name}`) !== ''),
  };
}

function declaredInHead(): string {
  const declared = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content ?? '';
  return declared.includes('dark') ? declared : 'light';
}

/**
 * Calls back when something changed on the root elements of the page, or on the element itself, until the returned
 * function is called.
 */
export function watchSurroundings(host: Element, look: () => void): () => void {
  const observer = new MutationObserver(look);
  for (const root of [document.documentElement, document.body, host]) {
    observer.observe(root, { attributeFilter: WATCHED });
  }
  return () => observer.disconnect();
}
