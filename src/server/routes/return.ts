/**
 * `GET|POST return`: where a shopper arrives after 3-D Secure or a redirect. It says which order it was and nothing
 * about how it ended: the waiting page asks the backend. A POST is answered with 303, so that a reload cannot post
 * again and the page has the same address either way.
 */
import { directionOf, type Language, languageFor } from '../../model/languages.ts';
import { Refusal } from './answers.ts';
import { statusPath } from './addresses.ts';
import type { Terms } from '../orders/order.ts';
import type { RouteContext } from './context.ts';
import { RETURN_WORDS } from './return-words.ts';
import { readState } from './signed-state.ts';

const STYLE = `
:root { color-scheme: light dark; font: 400 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f4f5f7, #0f1115); color: light-dark(#1b1d21, #f1f2f4); }
main { box-sizing: border-box; width: min(28rem, 100% - 1.5rem); margin: clamp(0.75rem, 12vh, 8rem) auto; padding: 2.5rem clamp(1.25rem, 5vw, 2rem); border: 1px solid light-dark(#d5d8de, #3a404b); border-radius: 16px; background: light-dark(#fff, #181b21); text-align: center; }
i { display: block; width: 4rem; height: 4rem; margin: 0 auto 1rem; border-radius: 50%; font: 700 1.75rem/4rem system-ui, sans-serif; background: light-dark(#fdf3dd, #3b2d10); color: light-dark(#8a5a00, #f2c166); }
i::before { content: '…'; }
[data-shown=succeeded] i { background: light-dark(#e5f6ec, #143324); color: light-dark(#0d7a43, #5bd699); }
[data-shown=succeeded] i::before { content: '✓'; }
[data-shown=failed] i { background: light-dark(#fdeceb, #42201d); color: light-dark(#b3261e, #ff9d94); }
[data-shown=failed] i::before { content: '×'; }
header { margin: -1rem 0 1.5rem; font-weight: 600; overflow-wrap: anywhere; }
strong { font-size: 1.75rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
h1 { margin: 0 0 0.75rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 0.75rem; }
small { color: light-dark(#5a606b, #a8aebb); overflow-wrap: anywhere; }
a { display: inline-block; box-sizing: border-box; min-height: 3rem; margin-top: 0.75rem; padding: 0.75rem 1.5rem; border-radius: 10px; background: light-dark(#2547d0, #9fb2ff); color: light-dark(#fff, #0d1433); font-weight: 600; text-decoration: none; }
a:focus-visible { outline: 3px solid light-dark(#2547d0, #9fb2ff); outline-offset: 2px; }
.framed a { display: none; }
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
  const language = languageFor(request.headers.get('accept-language') ?? '');
  const order = await context.book.find(trackingId).catch((error: unknown) => {
    // The page is of use without its amount.
    context.tell(error);
    return undefined;
  });
  return returnPage({
    trackingId,
    language,
    shopName: context.shopName,
    amount: order?.terms && amountOf(order.terms, language),
    shopUrl: context.shopUrl(trackingId),
    statusUrl: await statusPath(trackingId, context),
  });
}

/** What was ordered, as people of this language write it. What the shopper was free to choose is not known here. */
function amountOf({ amount, openAmount, currency }: Terms, language: Language): string | undefined {
  if (amount === undefined || openAmount) return undefined;
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount as `${number}`);
  } catch {
    return `${amount} ${currency}`;
  }
}

interface ReturnPage {
  readonly trackingId: string;
  readonly language: Language;
  readonly shopName: string | undefined;
  readonly amount: string | undefined;
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
const show = (status) => { document.documentElement.dataset.shown = status; document.querySelector('output').textContent = words[status] ?? words.pending; };
const ask = async (asked) => {
  let status = 'pending';
  try { ({ status } = await (await fetch(statusUrl, { headers: { accept: 'application/json' } })).json()); } catch {}
  show(status);
  if (status === 'pending') setTimeout(ask, Math.min(1000 * 2 ** asked, 10000), asked + 1);
};
document.documentElement.classList.toggle('framed', window.parent !== window);
if (window.opener) window.close();
else if (window.parent === window && attempt) location.replace(shopUrl);
if (window.parent === window) { show('pending'); void ask(0); }
`;

async function returnPage({
  trackingId,
  language,
  shopName,
  amount,
  ...urls
}: ReturnPage): Promise<Response> {
  const { title, back, reference, ...outcomes } = RETURN_WORDS[language];
  const { shopUrl, statusUrl } = urls;
  const shop = shopName === undefined ? '' : `<header>${escape(shopName)}</header>`;
  const sum = amount === undefined ? '' : `<p><strong>${escape(amount)}</strong></p>`;
  const data = Object.entries(outcomes).map(([status, text]) => ` data-${status}="${escape(text)}"`);
  const html = `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}" data-tracking-id="${escape(trackingId)}" data-shop-url="${escape(shopUrl)}" data-status-url="${escape(statusUrl)}"${data.join('')}>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${title}${shopName === undefined ? '' : ` · ${escape(shopName)}`}</title>
<style>${STYLE}</style>
<main>${shop}<i aria-hidden="true"></i><h1>${title}</h1>${sum}<p><output></output></p><p><small>${reference} <code dir="ltr">${escape(trackingId)}</code></small></p><p><a href="${escape(shopUrl)}" target="_top">${back}</a></p></main>
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
