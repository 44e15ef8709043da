/** The browser's Back, to a page that led away: it must not lead away again by itself. */

/** This page was loaded by Back or Forward. A unit test's page was not. */
export const wentBack = (): boolean =>
  (performance as Partial<Performance>)
    .getEntriesByType?.('navigation')
    .some((entry) => (entry as PerformanceNavigationTiming).type === 'back_forward') ?? false;

/** This page came out of the back/forward cache, as it was when it was left. */
export function onceBack(act: () => void): void {
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) act();
  };
  window.addEventListener('pageshow', back, { once: true });
}
