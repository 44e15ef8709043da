/** What the return page says, and to whom. */

/** The message, and the name of the broadcast channel, that a waiting page listens for. */
export const returnChannel = (trackingId: string): string => `kassa:${trackingId}`;

export interface ReturnMessage {
  readonly kassa: 'returned';
  readonly trackingId: string;
}

/**
 * Opener, parent, top, then the broadcast channel: which of them exists and still works depends on how the page was
 * opened and on the site's COOP header, so all are told. Only windows of the page's own origin can hear it.
 */
export function announceReturn(self: Window, trackingId: string): void {
  const message: ReturnMessage = { kassa: 'returned', trackingId };
  for (const target of [self.opener as Window | null, self.parent, self.top]) {
    if (target && target !== self) target.postMessage(message, self.location.origin);
  }
  const channel = new BroadcastChannel(returnChannel(trackingId));
  channel.postMessage(message);
  channel.close();
}
