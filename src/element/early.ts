/** What the script-tag file does before the element is whole. */
import type { EarlyFrame } from './frame/making.ts';
import type { EarlySession } from './frame/session-request.ts';
import type { Around } from './shell/around.ts';

export interface Early {
  readonly frame?: (EarlyFrame & Around) | undefined;
  readonly session?: EarlySession | undefined;
}

const all = new WeakMap<Element, Early>();

export const keepEarly = (tag: Element, early: Early): void => void all.set(tag, early);

/** Once: it is nobody's any more, and neither are the events and the answer in it. */
export function takeEarly(tag: Element): Early | undefined {
  const early = all.get(tag);
  all.delete(tag);
  return early;
}
