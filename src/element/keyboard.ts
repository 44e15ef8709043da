/** On phones the keyboard covers the page without resizing it; a bottom sheet has to stand on it. */
export function followKeyboard(dialog: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const follow = (): void => {
    const covered = Math.max(0, window.innerHeight - viewport.height - viewport.offsetTop);
    dialog.style.setProperty('--_keyboard', `${Math.round(covered)}px`);
  };
  viewport.addEventListener('resize', follow);
  follow();
  return () => viewport.removeEventListener('resize', follow);
}
