/** Gives the iframe the height its page asks for: within limits, and once per animation frame at most. */
const LOWEST = 80;
const HIGHEST = 5_000;

export function createHeightFitter(): { fit(element: HTMLElement, height: number): void; stop(): void } {
  let scheduled: number | undefined;
  let wanted = 0;
  return {
    fit(element, height) {
      wanted = Math.min(HIGHEST, Math.max(LOWEST, Math.ceil(height)));
      scheduled ??= requestAnimationFrame(() => {
        scheduled = undefined;
        element.style.height = `${wanted}px`;
      });
    },
    stop() {
      if (scheduled !== undefined) cancelAnimationFrame(scheduled);
      scheduled = undefined;
    },
  };
}
