/**
 * Where the panel is shown: in the page, or above it. It is one `<dialog>` that never moves in the document, because a
 * frame that is moved loads again; `showModal` and `showPopover` only lift it into the top layer, so a display can
 * change while the shopper types.
 */
import type { Overlay, Panel } from './overlay.ts';

export const DISPLAYS = ['inline', 'modal', 'popover', 'redirect'] as const;
export type Display = (typeof DISPLAYS)[number];

export interface Presentation {
  /** Fetches ahead of the click what this display will need. */
  prepare(display: Display): void;
  show(display: Display): void;
  hide(): void;
}

const isOverlay = (display: Display): display is Overlay => display === 'modal' || display === 'popover';
const loadOverlay = () => import('./overlay.ts');

export function createPresentation(panel: Panel): Presentation {
  const { dialog } = panel;
  let shown: Display | undefined;
  let undo: (() => void) | undefined;

  const leave = (): void => {
    shown = undefined;
    undo?.();
    undo = undefined;
  };

  /** Not by `show()`, which would take the focus. */
  function showInline(): void {
    dialog.className = 'inline';
    // In the page it is a part of the page; above it, it is what it is.
    dialog.role = 'group';
    dialog.open = true;
    undo = () => {
      dialog.open = false;
    };
  }

  return {
    prepare(display) {
      if (!isOverlay(display)) return;
      loadOverlay().then(
        ({ prepare }) => prepare(panel.tag),
        () => undefined,
      );
    },
    show(display) {
      if (display === shown) return;
      leave();
      shown = display;
      if (!isOverlay(display)) {
        showInline();
        return;
      }
      loadOverlay().then(
        ({ lift }) => {
          // Asked for twice before its code came, it is lifted once: nobody would undo the first.
          if (shown === display) undo ??= lift({ ...panel, display });
        },
        // A panel in the page is better than none.
        () => {
          if (shown === display) showInline();
        },
      );
    },
    hide: leave,
  };
}
