/** The handle of a bottom sheet: dragged down, it asks to leave. The close button does the same for everybody else. */

/** Less is a slip of the finger. */
const FAR_ENOUGH = 90;

/** Until the returned function is called. */
export function addHandle(dialog: HTMLElement, onLeave: () => void): () => void {
  const handle = document.createElement('div');
  handle.className = 'handle';
  handle.ariaHidden = 'true';
  let from: number | undefined;
  const pulled = ({ clientY }: PointerEvent): number => Math.max(0, clientY - (from ?? clientY));

  handle.addEventListener('pointerdown', (event) => {
    from = event.clientY;
    // A frame of another process would take the pointer away when the drag goes over it.
    dialog.classList.add('dragged');
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (from !== undefined) dialog.style.translate = `0 ${pulled(event)}px`;
  });
  const letGo = (event: PointerEvent): void => {
    const isLeaving = event.type === 'pointerup' && pulled(event) >= FAR_ENOUGH;
    from = undefined;
    dialog.classList.remove('dragged');
    // Whether it closes is the machine's to decide; until then it stands where it stood.
    dialog.style.translate = '';
    if (isLeaving) onLeave();
  };
  handle.addEventListener('pointerup', letGo);
  handle.addEventListener('pointercancel', letGo);
  dialog.prepend(handle);
  return () => {
    handle.remove();
    dialog.style.translate = '';
  };
}
