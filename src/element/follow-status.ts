import type { StatusFeedOptions } from './status-feed.ts';

const PAUSES_MS = [1_000, 3_000, 10_000];

/** The feed comes while the frame loads, long before there is a status to hear. Without it nothing is ever verified. */
export async function followStatus(feed: StatusFeedOptions, signal: AbortSignal): Promise<void> {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      const { startStatusFeed } = await import('./status-feed.ts');
      if (!signal.aborted) signal.addEventListener('abort', startStatusFeed(feed));
      return;
    } catch {
      if (signal.aborted) return;
      if (pause !== undefined) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  feed.onUnreachable();
}
