/**
 * Gives the iframe the height its page asks for: within limits, the first one at once, later ones once per animation
 * frame at most. The last one is kept for the tab, so that the next cashier takes its room from the start.
 */
const LOWEST = 80;
const HIGHEST = 5_000;
const KEPT = 'kassa-height';

export interface HeightFitter {
  fit(element: HTMLElement, height: number): void;
  stop(): void;
}

export function createHeightFitter(): HeightFitter {
  let scheduled: number | undefined;
  let fitted: HTMLElement | undefined;
  let wanted = 0;
  const apply = (): void => {
    scheduled = undefined;
    const height = `${wanted}px`;
    if (fitted) fitted.style.height = height;
    keep(height);
  };
  return {
    fit(element, height) {
      wanted = Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(height)));
      const first = element !== fitted;
      fitted = element;
      if (first) apply();
      else scheduled ??= requestAnimationFrame(apply);
    },
    stop() {
      if (scheduled !== undefined) cancelAnimationFrame(scheduled);
      scheduled = undefined;
      fitted = undefined;
    },
  };
}

/** As the last cashier of this tab had it, as a CSS length; none without one, or where storage is forbidden. */
export function lastHeight(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(height: string): void {
  try {
    sessionStorage.setItem(KEPT, height);
  } catch {
    // Nothing is lost but a little room.
  }
}
