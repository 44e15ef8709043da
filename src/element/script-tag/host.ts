/**
 * What the element's class extends in the script-tag file, in place of HTMLElement: it completes elements that are on the
 * page already. A constructor may return another object than a new one; the fields of the classes below then become its own.
 */
let handed: HTMLElement | undefined;

/** The next element to be constructed is this one. */
export const hand = (element: HTMLElement): void => {
  handed = element;
};

export const Host = function () {
  const element = handed;
  handed = undefined;
  return element ?? (Reflect.construct(HTMLElement, [], new.target) as HTMLElement);
} as unknown as typeof HTMLElement;
Host.prototype = HTMLElement.prototype;
