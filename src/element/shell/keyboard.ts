/** On phones the keyboard covers the page without resizing it; a bottom sheet has to stand on it. */
export function followKeyboard(dialog: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  let before = 0;
  const follow = (): void => {
    const covered = Math.round(Math.max(0, window.innerHeight - viewport.height - viewport.offsetTop));
    if (covered !== before) dialog.style.setProperty('--_keyboard', `${covered}px`);
    before = covered;
  };
  viewport.addEventListener('resize', follow);
  follow();
  return () => viewport.removeEventListener('resize', follow);
}
