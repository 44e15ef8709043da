import { patiently } from '../patiently.ts';
import type { FollowedOrder } from './order.ts';

/** The feed comes while the frame loads, long before there is a status to hear. Without it nothing is ever verified. */
export async function followStatus(order: FollowedOrder, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => signal.aborted;
  const feed = await patiently(() => import('./shared.ts'), isOver, order.send);
  if (feed) signal.addEventListener('abort', feed.shareStatus(order));
}
