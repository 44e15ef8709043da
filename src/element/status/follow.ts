import { CashierError } from '../errors.ts';
import type { FollowedOrder } from './shared.ts';

/** The feed comes while the frame loads, long before there is a status to hear. Without it nothing is ever verified. */
export async function followStatus(order: FollowedOrder, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => signal.aborted;
  const feed = await patiently(() => import('./shared.ts'), isOver, order.send);
  if (feed) signal.addEventListener('abort', feed.shareStatus(order));
}

/**
 * A part of the element that it cannot do without: asked for until it comes, after one second, two, three and so on.
 * With `send`, for a part without which nobody hears how a payment ended, that it is late is told once. Firefox before
 * 155 keeps to its first answer (whatwg/html#10327).
 */
export async function patiently<Part>(
  load: () => Promise<Part>,
  isOver: () => boolean,
  send?: FollowedOrder['send'],
): Promise<Part | undefined> {
  for (let tries = 1; ; tries += 1) {
    const part = await load().catch(() => undefined);
    if (isOver()) return undefined;
    if (part) return part;
    if (tries === 3) send?.({ type: 'feed-error', error: CashierError.of('status-unreachable') });
    await new Promise((resolve) => setTimeout(resolve, tries * 1_000));
  }
}
