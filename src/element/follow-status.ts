import type { FollowedOrder } from './shared-status.ts';

const PAUSES_MS = [1_000, 3_000, 10_000];

/** The feed comes while the frame loads, long before there is a status to hear. Without it nothing is ever verified. */
export async function followStatus(order: FollowedOrder, signal: AbortSignal): Promise<void> {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      const { shareStatus } = await import('./shared-status.ts');
      if (!signal.aborted) signal.addEventListener('abort', shareStatus(order));
      return;
    } catch {
      if (signal.aborted) return;
      if (pause !== undefined) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  order.send({ type: 'feed-error', error: order.CashierError.of('status-unreachable') });
}
