/** The phases of a cashier on the browser's own timeline, each marked as it begins: `kassa:session` and so on. */
export type Mark = 'session' | 'frame' | 'ready' | 'outcome';

let cashiers = 0;

/** `cashier` tells those of a page apart, by the order in which they were made: no id, which may be of an order. */
export function createMarks(): (mark: Mark) => void {
  const detail = { cashier: ++cashiers };
  return (mark) => {
    // The DOM of a unit test has a clock, and no timeline.
    (performance as Partial<Performance>).mark?.(`kassa:${mark}`, { detail });
  };
}
