/**
 * Where the panel is shown: in the page, or above it. It is one `<dialog>` that never moves in the document, because a
 * frame that is moved loads again; `showModal` and `showPopover` only lift it into the top layer, so a display can
 * change while the shopper types.
 */
export const DISPLAYS = ['inline', 'modal', 'popover', 'redirect'] as const;
export type Display = (typeof DISPLAYS)[number];

export interface PresentationOptions {
  readonly dialog: HTMLDialogElement;
  /** What a popover points at. */
  readonly anchor: () => Element;
  /** The shopper wants to leave: Escape, a click beside the panel. The machine decides. */
  readonly onLeave: () => void;
}

export interface Presentation {
  show(display: Display): void;
  hide(): void;
}

export function createPresentation({ dialog, anchor, onLeave }: PresentationOptions): Presentation {
  let shown: Display | undefined;
  const undo: (() => void)[] = [];

  const leave = (): void => {
    for (const step of undo.splice(0).reverse()) step();
  };
  const listen = (target: EventTarget, type: string, listener: (event: Event) => void): void => {
    target.addEventListener(type, listener);
    undo.push(() => target.removeEventListener(type, listener));
  };

  /** Not by `show()`, which would take the focus. */
  function showInline(): void {
    dialog.open = true;
    undo.push(() => {
      dialog.open = false;
    });
  }

  function showModal(): void {
    dialog.showModal();
    undo.push(holdPageStill(), () => dialog.close());
    lazily(async () => (await import('./keyboard.ts')).followKeyboard(dialog));
    listen(dialog, 'cancel', (event) => {
      event.preventDefault();
      onLeave();
    });
    listen(dialog, 'click', (event) => {
      // Only the backdrop is the dialog itself; what is inside it covers all of its box.
      if (event.target === dialog) onLeave();
    });
    // A second Escape closes a dialog whatever a listener says; whether it closes is the machine's to decide.
    listen(dialog, 'close', () => {
      if (shown !== 'modal') return;
      dialog.showModal();
      onLeave();
    });
  }

  /** The rest of a popover comes when the first one opens; until then it stands in the middle. */
  function showPopover(): void {
    dialog.popover = 'manual';
    dialog.showPopover();
    undo.push(() => {
      dialog.hidePopover();
      dialog.removeAttribute('popover');
    });
    lazily(async () => (await import('./popover.ts')).attendPopover({ dialog, anchor: anchor(), onLeave }));
  }

  /** Starts what comes later, unless the display changed before it came. */
  function lazily(begin: () => Promise<() => void>): void {
    let wanted = true;
    undo.push(() => {
      wanted = false;
    });
    void begin().then(
      (stop) => {
        if (wanted) undo.push(stop);
        else stop();
      },
      () => undefined,
    );
  }

  return {
    show(display) {
      if (display === shown) return;
      shown = undefined;
      leave();
      shown = display;
      dialog.className = `panel ${display}`;
      if (display === 'modal') showModal();
      else if (display === 'popover') showPopover();
      else showInline();
    },
    hide() {
      shown = undefined;
      leave();
    },
  };
}

/** The page behind a modal does not scroll, not even on phones, where the backdrop alone does not stop it. */
function holdPageStill(): () => void {
  const { style } = document.documentElement;
  const before = style.overflow;
  style.overflow = 'hidden';
  return () => {
    style.overflow = before;
  };
}
