/** The height of a tab's last cashier is kept, so that the next one takes its room from the start. */
const KEPT = 'kassa-height';

/** As the last cashier of this tab had it, as a CSS length; none without one, or where storage is forbidden. */
export function lastHeight(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export function keepHeight(height: string): void {
  try {
    sessionStorage.setItem(KEPT, height);
  } catch {
    // Nothing is lost but a little room.
  }
}
