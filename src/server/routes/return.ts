/**
 * `GET|POST return`: where a shopper arrives after 3-D Secure or a redirect. It says which order it was and nothing
 * about how it ended: the waiting page asks the backend. A POST is answered with 303, so that a reload cannot post
 * again and the page has the same address either way.
 */
import { Refusal } from './answers.ts';
import type { RouteContext } from './context.ts';
import { readState } from './signed-state.ts';

export async function receiveReturn(request: Request, context: RouteContext): Promise<Response> {
  const url = new URL(request.url);
  const state = url.searchParams.get('state') ?? '';
  const trackingId = await readState(state, context.now(), context.stateSecret);
  if (trackingId === undefined) {
    throw new Refusal(
      400,
      'invalid-state',
      'This return address is not valid any more.',
      'Go back to the shop; it knows how the payment ended.',
    );
  }
  if (request.method === 'POST') {
    const location = `${context.basePath}/return?state=${encodeURIComponent(state)}`;
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  }
  return returnPage(trackingId, context.shopUrl(trackingId));
}

/** Tells the waiting page by every way that can work, then closes or leads on. */
const SCRIPT = `
const { trackingId, shopUrl } = document.documentElement.dataset;
const message = { kassa: 'returned', trackingId };
for (const place of [window.opener, window.parent, window.top]) {
  if (place && place !== window) try { place.postMessage(message, location.origin); } catch {}
}
try { const channel = new BroadcastChannel('kassa:' + trackingId); channel.postMessage(message); } catch {}
if (window.opener) window.close();
else if (window.parent === window) location.replace(shopUrl);
`;

async function returnPage(trackingId: string, shopUrl: string): Promise<Response> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(SCRIPT));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const html = `<!doctype html>
<html lang="en" data-tracking-id="${escape(trackingId)}" data-shop-url="${escape(shopUrl)}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Back to the shop</title>
<p><a href="${escape(shopUrl)}" target="_top">Back to the shop</a></p>
<script>${SCRIPT}</script>
</html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    },
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');
