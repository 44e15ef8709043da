/** What `renderCashier` of the backend put into the page's HTML: a frame that loads already, and its session. */
import type { Session } from '../../wire/session.ts';

export const servedFrame = (tag: Element): HTMLIFrameElement | null =>
  tag.querySelector(':scope > iframe[slot=frame]');

/** Good as long as its frame is there; a later session is asked for like any other. */
export function servedSession(tag: Element): Session | undefined {
  const json = servedFrame(tag) && tag.querySelector(':scope > script[type="application/json"]');
  // Judged like every session.
  return json ? (JSON.parse(json.textContent) as Session) : undefined;
}
