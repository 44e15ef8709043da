/** What a frame learns from its own URL. */
import type { Embedder } from '../model/cashier-frame.ts';
import { safeUrl } from '../model/safe-url.ts';

/** Reads what `frameUrl` put into the fragment; `undefined` when the page was opened by itself. */
export function readEmbedder(fragment: string): Embedder | undefined {
  const values = new URLSearchParams(fragment.replace(/^#/, ''));
  const nonce = values.get('kassa');
  const origin = values.get('embedder');
  if (nonce === null || origin === null || !/^[0-9a-f]{32}$/.test(nonce)) return undefined;
  const url = safeUrl(origin);
  return url?.origin === origin ? { nonce, origin } : undefined;
}
