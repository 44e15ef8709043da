/**
 * Gives the iframe the height its page asks for: within limits, the first one at once, later ones once per animation
 * frame at most.
 */
const LOWEST = 80;
const HIGHEST = 5_000;

export interface HeightFitter {
  fit(height: number): void;
  stop(): void;
}

/** `keep` is told each height, as a CSS length. */
export function createHeightFitter(element: HTMLElement, keep: (height: string) => void): HeightFitter {
  let scheduled: number | undefined;
  let wanted: number | undefined;
  const apply = (): void => {
    scheduled = undefined;
    const height = `${wanted}px`;
    element.style.height = height;
    keep(height);
  };
  return {
    fit(height) {
      const first = wanted === undefined;
      wanted = Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(height)));
      if (first) apply();
      else scheduled ??= requestAnimationFrame(apply);
    },
    stop() {
      if (scheduled !== undefined) cancelAnimationFrame(scheduled);
    },
  };
}
