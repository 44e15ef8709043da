/** A panel above the page whose ancestors hide it would make the page inert with nothing to be seen. */

/** Styles change without a word; nobody notices a quarter of a second. */
const LOOK_EVERY_MS = 250;

export interface Raised {
  /** Lifts the panel; what it returns lowers it. */
  readonly raise: () => () => void;
  /** It cannot be seen, and why. Told once for each reason. */
  readonly onHidden: (why: string) => void;
}

/** Keeps a panel raised as long as it can be seen, until the returned function is called. */
export function whileVisible(tag: Element, { raise, onHidden }: Raised): () => void {
  let lower: (() => void) | undefined;
  let told: string | undefined;
  const look = (): void => {
    // Taken out between the click and the code for it: it is let go of in a moment.
    if (!tag.isConnected) return;
    const why = hiddenBy(tag);
    if (why === undefined) lower ??= raise();
    else {
      lower?.();
      lower = undefined;
      if (why !== told) onHidden(why);
    }
    told = why;
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    lower?.();
  };
}

/** The ancestor, or the element itself, that keeps it from being seen or used, in words: `<div id="x"> has display: none`. */
function hiddenBy(tag: Element): string | undefined {
  let hidden: string | undefined;
  for (let element: Element | null = tag; element; element = around(element)) {
    const why = reasonOf(element, tag);
    // What is inherited is named where it begins.
    if (why === INVISIBLE) hidden = `${nameOf(element)} has ${why}`;
    else if (hidden !== undefined) return hidden;
    else if (why !== undefined) return `${nameOf(element)} ${why}`;
  }
  return hidden;
}

const INVISIBLE = 'visibility: hidden';

function reasonOf(element: Element, tag: Element): string | undefined {
  const { display, visibility, contentVisibility } = getComputedStyle(element);
  if (display === 'none') return 'has display: none';
  if (visibility === 'hidden' || visibility === 'collapse') return INVISIBLE;
  if (element.hasAttribute('inert')) return 'is inert';
  if (element === tag) return undefined;
  if (contentVisibility === 'hidden') return 'has content-visibility: hidden';
  const isClosed = element instanceof HTMLDetailsElement && !element.open;
  if (isClosed && !element.querySelector(':scope > summary')?.contains(tag)) return 'is closed';
  return undefined;
}

/** In the tree as it is drawn: through slots and out of shadow roots. */
export const around = (element: Element): Element | null =>
  element.assignedSlot ??
  element.parentElement ??
  (element.getRootNode() as Partial<ShadowRoot>).host ??
  null;

/** As it stands in the page's HTML, as far as it can be recognized by that. */
function nameOf(element: Element): string {
  const named = ['id', 'class'].filter((name) => element.hasAttribute(name));
  const attributes = named.map((name) => ` ${name}="${element.getAttribute(name) ?? ''}"`).join('');
  return `<${element.localName}${attributes}>`;
}
