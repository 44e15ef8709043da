/**
 * `GET|POST return`: where a shopper arrives after 3-D Secure or a redirect. It says which order it was and nothing
 * about how it ended: the waiting page asks the backend. A POST is answered with 303, so that a reload cannot post
 * again and the page has the same address either way.
 */
import { directionOf, type Language, languageFor } from '../../model/languages.ts';
import { Refusal } from './answers.ts';
import { statusPath } from './addresses.ts';
import type { RouteContext } from './context.ts';
import { RETURN_WORDS } from './return-words.ts';
import { readState } from './signed-state.ts';

const STYLE = `
:root { color-scheme: light dark; font: 400 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 20vh auto 0; padding: 0 1.25rem; text-align: center; }
h1 { font-size: 1.25rem; }
a { color: light-dark(#2547d0, #9fb2ff); font-weight: 600; }
`;

export async function receiveReturn(request: Request, context: RouteContext): Promise<Response> {
  const url = new URL(request.url);
  const state = url.searchParams.get('state') ?? '';
  const trackingId = await readState(state, context.now(), context.keys);
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
  const language = languageFor(request.headers.get('accept-language')?.split(',')[0] ?? 'en');
  return returnPage({
    trackingId,
    language,
    shopUrl: context.shopUrl(trackingId),
    statusUrl: await statusPath(trackingId, context),
  });
}

interface ReturnPage {
  readonly trackingId: string;
  readonly language: Language;
  readonly shopUrl: string;
  readonly statusUrl: string;
}

/**
 * Tells the waiting page by every way that can work, then closes or leads on: a tab that left for the bank knows its
 * attempt, and the shop's page goes on with it (`resume()`). Any other tab is told here how the backend says it ended.
 */
const SCRIPT = `
const { trackingId, shopUrl, statusUrl, ...words } = document.documentElement.dataset;
const message = { kassa: 'returned', trackingId };
for (const place of [window.opener, window.parent, window.top]) {
  if (place && place !== window) try { place.postMessage(message, location.origin); } catch {}
}
try { const channel = new BroadcastChannel('kassa:' + trackingId); channel.postMessage(message); } catch {}
let attempt = null;
try { attempt = sessionStorage.getItem('kassa-attempt'); } catch {}
const show = (status) => { document.querySelector('output').textContent = words[status] ?? words.pending; };
const ask = async (asked) => {
  let status = 'pending';
  try { ({ status } = await (await fetch(statusUrl, { headers: { accept: 'application/json' } })).json()); } catch {}
  show(status);
  if (status === 'pending') setTimeout(ask, Math.min(1000 * 2 ** asked, 10000), asked + 1);
};
if (window.opener) window.close();
else if (window.parent === window && attempt) location.replace(shopUrl);
if (window.parent === window) { show('pending'); void ask(0); }
`;

async function returnPage({ trackingId, language, shopUrl, statusUrl }: ReturnPage): Promise<Response> {
  const { title, back, ...outcomes } = RETURN_WORDS[language];
  const data = Object.entries(outcomes).map(([status, text]) => ` data-${status}="${escape(text)}"`);
  const html = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}" data-tracking-id="${escape(trackingId)}" data-shop-url="${escape(shopUrl)}" data-status-url="${escape(statusUrl)}"${data.join('')}>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${STYLE}</style>
<main><h1>${title}</h1><p><output></output></p><p><a href="${escape(shopUrl)}" target="_top">${back}</a></p></main>
<script>${SCRIPT}</script>
</html>`;
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': [
        "default-src 'none'",
        `script-src '${await hashOf(SCRIPT)}'`,
        `style-src '${await hashOf(STYLE)}'`,
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    },
  });
}

/** As a Content-Security-Policy names what it lets run. */
async function hashOf(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? '');
