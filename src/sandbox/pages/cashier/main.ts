/** Starts the hosted cashier: in the frame of a shop's page, or alone in a tab. */
import './style.css';
import { render } from 'lit';
import { languageFor, languageTag } from '../../../model/languages.ts';
import { connectToPage, type FrameLink } from '../../../protocol/frame-link.ts';
import type { PageMessage } from '../../../protocol/page-messages.ts';
import { readEmbedder } from '../../../protocol/url.ts';
import type { CashierView } from '../view.ts';
import { en } from '../words/en.ts';
import { loadWords } from '../words/load.ts';
import { CashierPage } from './cashier-page.ts';
import { dress } from './dress.ts';
import { createGatewayClient } from './gateway-client.ts';
import { focusFirstField } from './focus.ts';
import { keepHeight } from './height.ts';
import { initialState, screenOf } from './page-state.ts';
import { pageTemplate } from './templates.ts';

const address = new URL(location.href);
let token = address.searchParams.get('token') ?? '';
const lang = languageTag(address.searchParams.get('lang')) ?? document.documentElement.lang;
const embedder = window.parent === window ? undefined : readEmbedder(location.hash);
// A token must not be copied along with the address of a tab; a reload finds it where only this page can look.
if (!embedder) {
  const kept = history.state as { readonly token?: string } | null;
  token ||= kept?.token ?? '';
  address.searchParams.delete('token');
  history.replaceState({ token }, '', address);
}

// First of all, before anything is drawn: the shop's page waits for this.
const link: FrameLink | undefined = embedder && connectToPage({ embedder, onMessage });

let isToBegin = false;

const app = document.getElementById('app') ?? document.body;
const language = languageFor(lang);
const page: CashierPage = new CashierPage({
  client: createGatewayClient(() => token),
  link,
  state: initialState(language === 'en' ? en : await loadWords(language), lang, embedder === undefined),
  render: (state) => {
    // A page that stands alone has nothing around it that could jump.
    if (embedder) keepHeight(app, screenOf(state).name);
    render(pageTemplate(state, page), app);
    beginWhenFocused();
  },
  now: () => Date.now(),
});

function onMessage({ type, data }: PageMessage): void {
  switch (type) {
    case 'session':
      void take(data.token);
      break;
    case 'verified':
      page.verified(data.status);
      break;
    case 'locale':
      void page.speak(data.lang);
      break;
    case 'theme':
      dress(document.documentElement, data.tokens);
      break;
    case 'visible':
    case 'bye':
      break;
  }
}

async function take(newToken: string): Promise<void> {
  const opens = token === '';
  token = newToken;
  await page.renewed();
  if (opens) sayReady();
}

const embedded = document.getElementById('view')?.textContent ?? 'null';
const view = JSON.parse(embedded) as CashierView | null;
if (view) page.open(view);
else if (embedder) render(pageTemplate(page.state, page), app);
else await page.refresh();

function tellHeight(): void {
  // A frame that is loaded ahead has no room yet.
  const { height } = app.getBoundingClientRect();
  if (height > 0) link?.send('resize', { height });
}

/** The height first: what is usable must not move any more under the shopper's finger. */
function sayReady(): void {
  tellHeight();
  link?.send('ready', {});
}

if (link) {
  // A page that waits for its token is not usable yet; it says so when it has shown what the token opens.
  if (view) sayReady();
  new ResizeObserver(tellHeight).observe(app);
} else if (view?.theme) {
  document.documentElement.style.colorScheme = view.theme;
}

/** The shop's page gave the focus to this frame, as when a modal opens: the shopper begins at the first field. */
let pressedAt = Number.NEGATIVE_INFINITY;
document.addEventListener('pointerdown', () => {
  pressedAt = performance.now();
});
window.addEventListener('focus', () => {
  // A press or the Tab key that brought the focus has yet to put it somewhere.
  setTimeout(() => {
    isToBegin = performance.now() - pressedAt > 500 && document.activeElement === document.body;
    beginWhenFocused();
  });
});
/** Called again with each drawing: a page that was loaded ahead has no form before it has its token. */
function beginWhenFocused(): void {
  if (!isToBegin || screenOf(page.state).name !== 'form') return;
  isToBegin = false;
  if (document.hasFocus() && document.activeElement === document.body) focusFirstField();
}
/** In a sheet this page scrolls in itself; the bar with the button then needs a ground of its own. */
function markScrolling(): void {
  const { scrollHeight, clientHeight } = document.documentElement;
  document.documentElement.classList.toggle('scrolls', scrollHeight > clientHeight + 1);
}
new ResizeObserver(markScrolling).observe(app);
window.addEventListener('resize', markScrolling);

document.addEventListener('keydown', ({ key, defaultPrevented, isComposing }) => {
  if (key === 'Escape' && !defaultPrevented && !isComposing) link?.send('close', {});
});
window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
  const isChallenge = source === document.querySelector('iframe')?.contentWindow;
  if (isChallenge && origin === location.origin && data === 'kassa-challenge-over') page.challengeOver();
});
