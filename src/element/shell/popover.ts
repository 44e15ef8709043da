/** Places a popover beside its anchor, and keeps it there. Loaded when the first popover opens. */
import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';

const GAP = 8;

/** Until the returned function is called. Narrow screens show a bottom sheet, which is placed by its style alone. */
export function keepBeside(anchor: Element, panel: HTMLElement): () => void {
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
