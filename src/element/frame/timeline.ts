/**
 * A browser keeps marks for as long as the page lives, which may be days: those of so many frames stay, as many as it keeps
 * of loaded files.
 */
import type { Mark } from '../marks.ts';

const KEPT = 250;
const MARKS = ['session', 'frame', 'ready', 'outcome'] as const satisfies readonly Mark[];

let frames = 0;

export function countFrame(): void {
  frames = (frames + 1) % KEPT;
  // One alone cannot be taken back. The DOM of a unit test has no timeline.
  if (frames === 0)
    for (const mark of MARKS) (performance as Partial<Performance>).clearMarks?.(`kassa:${mark}`);
}
