/** Where a hosted page leads the shopper, and those who come back from there. */
import { safeUrl } from '../../model/safe-url.ts';
import { CashierError } from '../errors.ts';
import { KassaRedirectEvent } from '../events.ts';
import { cameBack, onceBack } from './back.ts';
import type { FrameHost } from './host.ts';

/** Never on a frame's word alone: the page may prevent it, and only safe addresses are opened. */
export function navigate(host: FrameHost, address: string, reason: string): void {
  const { tag, send } = host;
  const url = safeUrl(address);
  if (!url) send({ type: 'frame-error', error: CashierError.of('unsafe-url') });
  else if (tag.dispatchEvent(new KassaRedirectEvent(url.href, reason))) {
    location.assign(url);
    // Out of the back/forward cache the page comes as it was: about to leave.
    if (reason === 'display') onceBack(() => rest(host));
  }
}

/** To where the cashier is, in place of the shop's page. */
export function lead(host: FrameHost, address: string): void {
  if (!rests(host)) navigate(host, address, 'display');
}

/** Whoever has just come back from where this page led stays, until they press. */
export function rests(host: FrameHost): boolean {
  const isBack = cameBack();
  if (isBack) rest(host);
  return isBack;
}

/** Whoever comes back is led there again by a press, and not by the page. */
function rest({ send }: FrameHost): void {
  send({ type: 'frame-error', error: CashierError.of('came-back') });
}
