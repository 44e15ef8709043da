/** The browser's Back, to a page that led away: it must not lead away again by itself. */

let isAnswered = false;

/** This page was loaded by Back or Forward; once, as what follows is the shopper's own press. A unit test's page was not. */
export function cameBack(): boolean {
  const entries = (performance as Partial<Performance>).getEntriesByType?.('navigation') ?? [];
  const isBack = entries.some((entry) => (entry as PerformanceNavigationTiming).type === 'back_forward');
  const isFirst = !isAnswered;
  isAnswered = true;
  return isBack && isFirst;
}

/** This page came out of the back/forward cache, as it was when it was left. */
export function onceBack(act: () => void): void {
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) act();
  };
  window.addEventListener('pageshow', back, { once: true });
}
