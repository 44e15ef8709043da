/** Which presses and keys above the page are a wish to leave, and which only look like one. */
import { around } from './visibility.ts';

export interface Gestures {
  readonly dialog: HTMLDialogElement;
  /** Where the shopper may just have pressed to open it. */
  readonly openers: readonly (Element | null)[];
  readonly onLeave: () => void;
  readonly signal: AbortSignal;
}

/** A second click this soon, where the first one was, belongs to the first. */
const DOUBLE_CLICK_MS = 500;

/** The hand is never quite still. */
const SAME_PLACE_PX = 10;

interface Place {
  readonly clientX: number;
  readonly clientY: number;
}

/** What was pressed longer ago has opened nothing. */
const OPENS_WITHIN_MS = 1_000;

let isWatching = false;
let lastPress: PointerEvent | undefined;
const remember = (press: PointerEvent): void => {
  lastPress = press;
};

/** From before the first press, so that it is known where it was; one listener for the whole page. */
export function watchPresses(): void {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener('pointerdown', remember, { capture: true, passive: true });
}

/** The second half of a double click on the trigger lands on what has just opened: it is heard by nobody. */
export function forgiveDoubleClick({ dialog, openers, signal }: Gestures): void {
  const shownAt = performance.now();
  const opening = lastPress && shownAt - lastPress.timeStamp < OPENS_WITHIN_MS ? lastPress : undefined;
  const boxes = openers.flatMap((it) => (it && it !== document.body ? [it.getBoundingClientRect()] : []));
  const isWhereItOpened = (place: Place): boolean =>
    isNear(place, opening) || boxes.some((box) => isInside(place, box));
  dialog.addEventListener(
    'click',
    (event) => {
      const isSoon = event.timeStamp - shownAt < DOUBLE_CLICK_MS;
      // A key, or a script, presses nowhere.
      if (isSoon && event.detail > 0 && isWhereItOpened(event)) event.stopImmediatePropagation();
    },
    { capture: true, signal },
  );
}

const isNear = (one: Place, other: Place | undefined): boolean =>
  other !== undefined &&
  Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) <= SAME_PLACE_PX;

const isInside = ({ clientX, clientY }: Place, { left, right, top, bottom }: DOMRect): boolean =>
  clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;

/** A press that begins and ends beside the panel. One that begins inside is a selection of text, or a change of mind. */
export function listenForPressBeside({ dialog, onLeave, signal }: Gestures): void {
  let isBeside = false;
  // Only the backdrop is the dialog itself; what is inside it covers all of its box.
  dialog.addEventListener('pointerdown', ({ target }) => (isBeside = target === dialog), { signal });
  dialog.addEventListener('pointerup', ({ target }) => (isBeside &&= target === dialog), { signal });
  dialog.addEventListener(
    'click',
    ({ target }) => {
      if (isBeside && target === dialog) onLeave();
      isBeside = false;
    },
    { signal },
  );
}

/**
 * Escape in the page, unless the page has used it, or an input method. To hear that, this listens after everybody else:
 * each key puts it behind all that is registered by then. A dialog of the page above this one has the key to itself.
 */
export function listenForEscape({ dialog, onLeave, signal }: Gestures): void {
  const decide = (event: KeyboardEvent): void => {
    // oxlint-disable-next-line typescript/no-deprecated -- what Safari says of a key that ends a composition
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (hasAnotherAbove(dialog)) return;
    // The dialog that this one may stand in is not meant.
    event.preventDefault();
    onLeave();
  };
  window.addEventListener(
    'keydown',
    ({ key }) => {
      window.removeEventListener('keydown', decide);
      if (key === 'Escape') window.addEventListener('keydown', decide, { once: true, signal });
    },
    { capture: true, signal },
  );
}

/** What closes by Escape natively, and is not around this dialog. */
function hasAnotherAbove(dialog: HTMLDialogElement): boolean {
  const others = document.querySelectorAll('dialog:modal, [popover]:not([popover=manual]):popover-open');
  return [...others].some((other) => !isAround(other, dialog));
}

function isAround(outer: Element, inner: Element): boolean {
  for (let element: Element | null = inner; element; element = around(element)) {
    if (element === outer) return true;
  }
  return false;
}

/** Longer than a glance. */
const STAYS_MS = 1_000;

/**
 * Whether the shopper has been in the frame, for a page that does not tell what was typed: the focus was there otherwise
 * than by being given, or for a while.
 */
export function watchUse(
  dialog: HTMLElement,
  frame: () => HTMLIFrameElement | null,
  signal: AbortSignal,
): { readonly isUsed: () => boolean; readonly give: () => void } {
  let since: number | undefined;
  let isGiven = false;
  let isUsed = false;
  const isInUse = (): boolean => since !== undefined && (!isGiven || performance.now() - since > STAYS_MS);
  const isFocused = (element: Element | null): boolean =>
    (element?.getRootNode() as DocumentOrShadowRoot | undefined)?.activeElement === element;
  window.addEventListener(
    'blur',
    () => {
      // Which element has the focus is known a moment after the window has lost it.
      setTimeout(() => {
        if (isFocused(frame())) since ??= performance.now();
      });
    },
    { signal },
  );
  dialog.addEventListener(
    'focusin',
    ({ target }) => {
      if (target === frame()) return;
      isUsed ||= isInUse();
      since = undefined;
      isGiven = false;
    },
    { signal },
  );
  return {
    isUsed: () => isUsed || isInUse(),
    give() {
      since = performance.now();
      isGiven = true;
      frame()?.focus();
    },
  };
}
