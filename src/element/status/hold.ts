/** What a page has only for as long as it is shown: it goes with the page into the back/forward cache, and comes back with it. */

/** Waits for a lock, then does something for as long as it holds it, until the returned function is called. */
export function hold(name: string, begin: () => () => void): () => void {
  return whileShown(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const held = (): Promise<void> => {
      const end = begin();
      return new Promise((done) => {
        signal.addEventListener('abort', () => {
          end();
          done();
        });
      });
    };
    const { locks } = navigator as Partial<Navigator>;
    if (locks) locks.request(name, { signal }, held).catch(() => undefined);
    else void held();
    return () => leaving.abort();
  });
}

/**
 * Does something at once, and undoes it when the page goes into the back/forward cache: a page that holds a lock is not
 * kept there, and one that gets a message is thrown out (measured in Chromium). It is done anew when the page is back.
 */
export function whileShown(begin: () => () => void): () => void {
  let end: (() => void) | undefined = begin();
  const leave = (): void => {
    end?.();
    end = undefined;
  };
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) end ??= begin();
  };
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', back);
  return () => {
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', back);
    leave();
  };
}
