/** Lifts the panel above the page: as a modal, or as a popover beside its anchor. Fetched by the cashiers that need it. */
import {
  forgiveDoubleClick,
  type Gestures,
  listenForEscape,
  listenForPressBeside,
  watchPresses,
  watchUse,
} from './gestures.ts';
import { addHandle } from './handle.ts';
import { followKeyboard } from './keyboard.ts';
import { overlayStyles } from './overlay-styles.ts';
import { whileVisible } from './visibility.ts';

export type Overlay = 'modal' | 'popover';

export interface Panel {
  readonly dialog: HTMLDialogElement;
  /** What a popover points at is named by its `anchor`, or in its `trigger` slot. */
  readonly tag: HTMLElement & { readonly anchor: string | undefined };
  /**
   * The shopper wants to leave, by Escape, a press beside the panel or its handle; a doubtful wish may be a slip of
   * somebody who has been in the frame. The machine decides.
   */
  readonly onLeave: (isDoubtful: boolean) => void;
  /** It cannot be seen where it stands, and why. */
  readonly onHidden: (why: string) => void;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
}

export interface LiftOptions extends Panel {
  readonly display: Overlay;
}

/** Until the returned function is called, and only as long as it can be seen. */
export const lift = (options: LiftOptions): (() => void) =>
  whileVisible(options.tag, { raise: () => raisePanel(options), onHidden: options.onHidden });

function raisePanel(options: LiftOptions): () => void {
  const { dialog, display, tag, onLeave } = options;
  options.adopt(overlayStyles);
  dialog.className = display;
  dialog.role = null;
  markTrigger(tag, true);
  const lifted = new AbortController();
  const { signal } = lifted;
  const frame = (): HTMLIFrameElement | null =>
    dialog.querySelector('iframe') ?? tag.querySelector<HTMLIFrameElement>(':scope > iframe');
  const use = watchUse(dialog, frame, signal);
  const gestures = {
    dialog,
    openers: [triggerOf(tag), document.activeElement],
    onLeave: () => onLeave(use.isUsed()),
    signal,
  };
  const lower = display === 'modal' ? showModal(gestures) : showPopover(options, gestures);
  forgiveDoubleClick(gestures);
  // Asks how large the window is, which has just been reckoned; before, it would be reckoned twice.
  const stopFollowing = followKeyboard(dialog);
  const removeHandle = addHandle(dialog, () => onLeave(false));
  const stopWaiting = focusOnceShown(dialog, use.give);
  return () => {
    lifted.abort();
    stopWaiting();
    removeHandle();
    stopFollowing();
    markTrigger(tag, false);
    lower();
  };
}

const triggerOf = (tag: Panel['tag']): Element | null => tag.querySelector(':scope > [slot=trigger]');

/** Ahead of the first click. */
export function prepare(tag: Panel['tag']): void {
  watchPresses();
  markTrigger(tag);
}

/** Says to assistive technology that the trigger opens a dialog, and whether that is open. */
function markTrigger(tag: Panel['tag'], expanded = false): void {
  const trigger = triggerOf(tag);
  trigger?.setAttribute('aria-haspopup', 'dialog');
  trigger?.setAttribute('aria-expanded', String(expanded));
}

/**
 * The hosted page puts the focus on its first field when its frame gets it; before it is there, it has none. A page that
 * has not said hello is given none: the shopper's own would not be known from it.
 */
function focusOnceShown(dialog: HTMLDialogElement, give: () => void): () => void {
  const focus = (): void => {
    if (!dialog.querySelector('.shown > .spoken')) return;
    observer.disconnect();
    give();
  };
  const observer = new MutationObserver(focus);
  observer.observe(dialog, { subtree: true, attributeFilter: ['class'] });
  focus();
  return () => observer.disconnect();
}

/** The DOM of a unit test has no top layer; whether a panel is open can still be seen. */
function raise(dialog: HTMLDialogElement, method: 'showModal' | 'showPopover'): void {
  if (method in dialog) dialog[method]();
  else dialog.open = true;
}

function lower(dialog: HTMLDialogElement, method: 'close' | 'hidePopover'): void {
  if (method in dialog) dialog[method]();
  dialog.open = false;
}

function showModal(gestures: Gestures): () => void {
  const { dialog, onLeave, signal } = gestures;
  const letPageScroll = holdPageStill();
  raise(dialog, 'showModal');
  // The browser asks only for an Escape that neither the page nor an input method has used.
  dialog.addEventListener(
    'cancel',
    (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      onLeave();
    },
    { signal },
  );
  listenForPressBeside(gestures);
  // A second Escape closes a dialog whatever a listener says; whether it closes is the machine's to decide. The event comes
  // late: of a dialog that is open again it tells what was before.
  dialog.addEventListener(
    'close',
    ({ target }) => {
      if (target !== dialog || dialog.open) return;
      raise(dialog, 'showModal');
      onLeave();
    },
    { signal },
  );
  return () => {
    letPageScroll();
    lower(dialog, 'close');
  };
}

/** The place beside the anchor comes with a library that only popovers need; until then it stands where it stands. */
function showPopover({ dialog, tag }: LiftOptions, gestures: Gestures): () => void {
  const { signal } = gestures;
  const focused = document.activeElement;
  dialog.popover = 'manual';
  raise(dialog, 'showPopover');
  listenForEscape(gestures);
  import('./popover.ts')
    .then(({ keepBeside }) => {
      if (!signal.aborted) signal.addEventListener('abort', keepBeside(anchorOf(tag), dialog));
    })
    // Where it stands is better than nowhere.
    .catch(() => undefined);
  return () => {
    lower(dialog, 'hidePopover');
    dialog.removeAttribute('popover');
    if (focused instanceof HTMLElement) focused.focus();
  };
}

function anchorOf(tag: Panel['tag']): Element {
  const root = tag.getRootNode() as Document | ShadowRoot;
  const named = tag.anchor === undefined ? null : root.getElementById(tag.anchor);
  return named ?? triggerOf(tag) ?? tag;
}

/**
 * The page behind a modal does not scroll, not even on phones, where the backdrop alone does not stop it. In a style sheet
 * of its own: what the page itself does to its root element meanwhile is neither seen nor undone.
 */
function holdPageStill(): () => void {
  if (!('adoptedStyleSheets' in document)) return () => undefined;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html { overflow: hidden !important }');
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
  };
}
