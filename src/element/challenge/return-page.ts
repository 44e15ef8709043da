/**
 * `kassa/return`: on the page a shopper comes back to after 3-D Secure or a redirect, tells the page that waits.
 * It says that somebody came back and for which order, never how it ended: that is the backend's to say.
 */
import { announceReturn } from './return-announcement.ts';

// Imported on a server too, by frameworks that render there: nothing to tell then.
if (typeof window !== 'undefined') {
  const trackingId = new URLSearchParams(window.location.search).get('tracking_id');
  if (trackingId !== null) announceReturn(window, trackingId);
}
