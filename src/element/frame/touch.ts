/**
 * Whether the shopper has been in a page that does not tell: the focus is in its frame, and somebody pressed something.
 * A press in a frame counts as one in each page around it (HTML, "activation notification"), also on a touch screen,
 * where the page around hears no event; a frame whose own script took the focus has been pressed by nobody.
 */

/** Nobody presses something in the frame and then the way out within less. */
const LOOK_EVERY_MS = 100;
/** Which element has the focus is known after the window has lost it, and no event says when: another process may tell. */
const LOOKS = 10;

/** Once, at most, until the returned function is called. The focus that the element itself gives must not come here. */
export function watchTouch(frame: HTMLIFrameElement, onTouched: () => void): () => void {
  let looking: ReturnType<typeof setTimeout> | undefined;
  let looks = 0;
  const look = (): void => {
    const isIn = isInside(frame);
    if (isIn && isPressed()) {
      stop();
      onTouched();
    } else if (isIn || (looks += 1) < LOOKS) looking = setTimeout(look, LOOK_EVERY_MS);
  };
  const soon = (): void => {
    looks = 0;
    clearTimeout(looking);
    looking = setTimeout(look);
  };
  const stop = (): void => {
    clearTimeout(looking);
    window.removeEventListener('blur', soon);
  };
  window.addEventListener('blur', soon);
  soon();
  return stop;
}

const isInside = (frame: HTMLIFrameElement): boolean =>
  (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;

/** Where the browser does not say, the focus is enough. */
const isPressed = (): boolean => (navigator as Partial<Navigator>).userActivation?.isActive ?? true;
