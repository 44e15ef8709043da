/** What an open popover needs: a place beside its anchor, Escape, and the focus given back. Loaded when the first one opens. */
import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';

import { followKeyboard } from './keyboard.ts';

const GAP = 8;

export interface AttendOptions {
  readonly dialog: HTMLElement;
  readonly anchor: Element;
  readonly onLeave: () => void;
}

/** Until the returned function is called, which gives the focus back to where it was. */
export function attendPopover({ dialog, anchor, onLeave }: AttendOptions): () => void {
  const focused = document.activeElement;
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') onLeave();
  };
  document.addEventListener('keydown', onKey);
  const stops = [keepBeside(anchor, dialog), followKeyboard(dialog)];
  return () => {
    document.removeEventListener('keydown', onKey);
    for (const stop of stops) stop();
    if (focused instanceof HTMLElement) focused.focus();
  };
}

/** Until the returned function is called. Narrow screens show a bottom sheet, which is placed by its style alone. */
function keepBeside(anchor: Element, panel: HTMLElement): () => void {
  const narrow = window.matchMedia('(max-width: 479.98px)');
  const place = async (): Promise<void> => {
    if (narrow.matches) {
      panel.style.left = panel.style.top = panel.style.maxHeight = '';
      return;
    }
    const { x, y } = await computePosition(anchor, panel, {
      strategy: 'fixed',
      placement: 'bottom-start',
      middleware: [
        offset(GAP),
        flip({ padding: GAP }),
        shift({ padding: GAP }),
        size({
          padding: GAP,
          apply: ({ availableHeight }) => {
            panel.style.maxHeight = `${Math.max(160, Math.floor(availableHeight))}px`;
          },
        }),
      ],
    });
    panel.style.left = `${x}px`;
    panel.style.top = `${y}px`;
  };
  const stop = autoUpdate(anchor, panel, () => void place());
  return () => {
    stop();
    panel.style.left = panel.style.top = panel.style.maxHeight = '';
  };
}
