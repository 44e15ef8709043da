/** Lifts the panel above the page: as a modal, or as a popover beside its anchor. Fetched by the cashiers that need it. */
import { addHandle } from './handle.ts';
import { followKeyboard } from './keyboard.ts';
import { overlayStyles } from './overlay-styles.ts';

export type Overlay = 'modal' | 'popover';

export interface Panel {
  readonly dialog: HTMLDialogElement;
  /** What a popover points at is named by its `anchor`, or in its `trigger` slot. */
  readonly tag: HTMLElement & { readonly anchor: string | undefined };
  /** The shopper wants to leave: Escape, a click beside the panel. The machine decides. */
  readonly onLeave: () => void;
  /** Adds a style sheet to those of the element, once. */
  readonly adopt: (css: string) => void;
}

export interface LiftOptions extends Panel {
  readonly display: Overlay;
}

/** Until the returned function is called. */
export function lift(options: LiftOptions): () => void {
  const { dialog, display, tag, onLeave } = options;
  options.adopt(overlayStyles);
  dialog.className = display;
  dialog.role = null;
  markTrigger(tag, true);
  const lower = display === 'modal' ? showModal(options) : showPopover(options);
  // Asks how large the window is, which has just been reckoned; before, it would be reckoned twice.
  const stopFollowing = followKeyboard(dialog);
  const removeHandle = addHandle(dialog, onLeave);
  const stopWaiting = focusOnceShown(dialog, tag);
  return () => {
    stopWaiting();
    removeHandle();
    stopFollowing();
    markTrigger(tag, false);
    lower();
  };
}

const triggerOf = (tag: Panel['tag']): Element | null => tag.querySelector(':scope > [slot=trigger]');

/** Says to assistive technology that the trigger opens a dialog, and whether that is open. */
export function markTrigger(tag: Panel['tag'], expanded = false): void {
  const trigger = triggerOf(tag);
  trigger?.setAttribute('aria-haspopup', 'dialog');
  trigger?.setAttribute('aria-expanded', String(expanded));
}

/** The hosted page puts the focus on its first field when its frame gets it; before it is there, it has none. */
function focusOnceShown(dialog: HTMLDialogElement, tag: Panel['tag']): () => void {
  const focus = (): void => {
    if (!dialog.querySelector('.shown')) return;
    observer.disconnect();
    (dialog.querySelector('iframe') ?? tag.querySelector<HTMLElement>(':scope > iframe'))?.focus();
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

function showModal({ dialog, onLeave }: LiftOptions): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const letPageScroll = holdPageStill();
  raise(dialog, 'showModal');
  dialog.addEventListener(
    'cancel',
    (event) => {
      event.preventDefault();
      onLeave();
    },
    { signal },
  );
  dialog.addEventListener(
    'click',
    ({ target }) => {
      // Only the backdrop is the dialog itself; what is inside it covers all of its box.
      if (target === dialog) onLeave();
    },
    { signal },
  );
  // A second Escape closes a dialog whatever a listener says; whether it closes is the machine's to decide.
  dialog.addEventListener(
    'close',
    () => {
      raise(dialog, 'showModal');
      onLeave();
    },
    { signal },
  );
  return () => {
    listening.abort();
    letPageScroll();
    lower(dialog, 'close');
  };
}

/** The place beside the anchor comes with a library that only popovers need; until then it stands where it stands. */
function showPopover({ dialog, tag, onLeave }: LiftOptions): () => void {
  const focused = document.activeElement;
  const listening = new AbortController();
  const { signal } = listening;
  dialog.popover = 'manual';
  raise(dialog, 'showPopover');
  document.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Escape') onLeave();
    },
    { signal },
  );
  import('./popover.ts')
    .then(({ keepBeside }) => {
      if (!signal.aborted) signal.addEventListener('abort', keepBeside(anchorOf(tag), dialog));
    })
    // Where it stands is better than nowhere.
    .catch(() => undefined);
  return () => {
    listening.abort();
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
