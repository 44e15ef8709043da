/** The language of the page around an element, which the element speaks too. */
import { languageTag } from '../../model/languages.ts';

/** BCP 47: of the nearest ancestor that has one, else the browser's. */
export const languageOf = (element: Element): string =>
  languageTag(languageAround(element)) ?? navigator.language;

/** A shadow root has the language of the page around it. */
function languageAround(element: Element): string | undefined {
  const near = element.closest<HTMLElement>('[lang]:not([lang=""])');
  if (near) return near.lang;
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return host && languageAround(host);
}
