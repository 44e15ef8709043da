/** The element itself, which comes while its frame loads. */
import { KassaCashier } from '../cashier-element.ts';
import { type Early, keepEarly } from '../early.ts';
import { hand } from './host.ts';

type ElementClass = new () => HTMLElement;

/** From now on, elements of the first class are made whole. */
export function become(First: ElementClass, stubs: readonly string[]): void {
  for (const name of stubs) Reflect.deleteProperty(First.prototype as object, name);
  Object.setPrototypeOf(First.prototype, KassaCashier.prototype);
  Object.setPrototypeOf(First, KassaCashier);
  // Lit gets its properties ready by being asked.
  void KassaCashier.observedAttributes;
}

/**
 * Those that are there already get all that the browser gives to a new one, in its order. What the page has set on them
 * meanwhile is set again, now that there are setters: Lit would do that at the first update, over what is set until then.
 */
export function complete(First: ElementClass, element: HTMLElement, early: Early | undefined): void {
  if (early) keepEarly(element, early);
  const { frame } = early ?? {};
  if (frame && !frame.page.adopted) {
    for (const styled of [frame.dialog, frame.frame.element]) styled.removeAttribute('style');
  }
  // What was said while there was no element to say it.
  element.shadowRoot?.querySelector('p')?.remove();
  const set: Record<PropertyKey, unknown> = {};
  for (const name of KassaCashier.elementProperties.keys()) {
    if (Object.hasOwn(element, name)) set[name] = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
  }
  hand(element);
  const tag: KassaCashier = Reflect.construct(KassaCashier, [], First);
  for (const { name, value } of element.attributes) {
    if (KassaCashier.observedAttributes.includes(name)) tag.attributeChangedCallback(name, null, value);
  }
  Object.assign(tag, set);
  if (element.isConnected) tag.connectedCallback();
}
