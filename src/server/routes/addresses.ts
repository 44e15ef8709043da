/** The addresses that a page is given. Both are signed: nobody learns of an order by its id alone. */
import type { RouteContext } from './context.ts';
import { signState } from './signed-state.ts';

/** Where the status of an order is told, under the shop's origin. `after` is the opening that the page follows. */
export async function statusPath(
  trackingId: string,
  { basePath, keys }: Pick<RouteContext, 'basePath' | 'keys'>,
  after = 0,
): Promise<string> {
  const query = new URLSearchParams({
    sig: await keys.sign('status', trackingId),
    ...(after > 0 && { after: String(after) }),
  });
  return `${basePath}/status/${encodeURIComponent(trackingId)}?${query.toString()}`;
}

export async function returnUrlFor(
  trackingId: string,
  origin: string,
  { basePath, keys, now }: Pick<RouteContext, 'basePath' | 'keys' | 'now'>,
): Promise<string> {
  const state = await signState(trackingId, now(), keys);
  return `${origin}${basePath}/return?state=${encodeURIComponent(state)}`;
}
