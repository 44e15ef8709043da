/** Shows a challenge in a frame or a window, watches whether it moves, and says what the shopper waits for. */
import type { CashierErrorCode } from '../errors.ts';
import type { State } from '../machine/machine.ts';
import type { Session } from '../../wire/session.ts';
import type { ChallengeMode, PaymentHost } from './host.ts';
import { type HandOver, postTo } from './hand-over.ts';
import { listenForReturn } from './returning.ts';
import { challengeSize } from './sizes.ts';
import { CHALLENGE_WORDS } from './words.ts';

export interface Patience {
  /** A bank that shows nothing for so long has stopped, or refused to be framed; both look the same from here. */
  readonly stuckAfterMs: number;
  /** EMV 3-D Secure gives a challenge ten minutes. */
  readonly longestMs: number;
}

const PATIENCE: Patience = { stuckAfterMs: 20_000, longestMs: 600_000 };

const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';
/** The names under which a form finds them. */
const FRAME = 'kassa-bank';
const WINDOW = 'kassa-bank-window';
const POPUP = 'popup,width=500,height=640';

/** Answers what has to hear of each state; it clears up when the payment is settled or left. */
export function showChallenge(
  target: HandOver | undefined,
  { trackingId }: Session,
  host: PaymentHost,
  mode: ChallengeMode = 'auto',
  { stuckAfterMs, longestMs }: Patience = PATIENCE,
): (state: State) => void {
  const { holder, language, send } = host;
  const tell = (code: CashierErrorCode): void =>
    send({ type: 'feed-error', error: host.CashierError.of(code) });
  const words = CHALLENGE_WORDS[language];
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const place = element('div');
  let popup: Window | null = null;
  holder.append(place);

  const after = (ms: number, act: () => void): void => {
    timers.add(setTimeout(act, ms));
  };
  const calm = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  const say = (text: string, ...more: Node[]): void => {
    const line = element('p', text);
    line.role = 'status';
    line.style.cssText = 'margin: 0.5rem 0 1rem';
    place.style.cssText = 'padding: 2rem 1rem; text-align: center';
    place.replaceChildren(spinner(), line, ...more);
  };
  /** The bank has had its turn; the backend has the word. */
  const waitForBackend = (): void => {
    say(words.checking);
    send({ type: 'returned' });
  };
  const leave = listenForReturn(trackingId, () => {
    calm();
    popup?.close();
    waitForBackend();
  });

  /** In the shopper's own click, or no browser opens it. */
  const openWindow = (target: HandOver): void => {
    popup = window.open(target.fields ? '' : target.url, target.fields ? WINDOW : '_blank', POPUP);
    if (!popup) {
      tell('popup-blocked');
      say(words.inWindow, linkTo(target));
      return;
    }
    if (target.fields) postTo(WINDOW, target, place);
    calm();
    after(longestMs, giveUp);
    say(
      words.inWindow,
      button(words.goToBank, () => {
        // The shopper may have closed it. (`closed` may also be said of a window that is cut off: it is opened anew then.)
        if (popup?.closed === false) popup.focus();
        else openWindow(target);
      }),
    );
  };
  /** Nothing can be blocked about a link, and the return page finds this one by the broadcast channel. */
  const linkTo = (target: HandOver): HTMLElement => {
    if (target.fields) return button(words.goToBank, () => postTo('_blank', target, place));
    const link = element('a', words.goToBank);
    link.href = target.url.href;
    link.target = '_blank';
    link.style.color = 'var(--_accent)';
    return link;
  };
  const giveUp = (): void => {
    tell('challenge-timeout');
    waitForBackend();
  };

  const showFrame = async (target: HandOver): Promise<void> => {
    await someRoom(holder);
    if (!place.isConnected) return;
    const { width, height } = challengeSize(holder.clientWidth, window.innerHeight);
    const frame = element('iframe');
    frame.title = words.title;
    frame.setAttribute('sandbox', SANDBOX);
    frame.setAttribute('part', 'frame');
    frame.allow = 'payment *; publickey-credentials-get *';
    frame.referrerPolicy = 'strict-origin';
    frame.style.width = width === undefined ? '100%' : `${width}px`;
    frame.style.height = height === undefined ? 'min(80dvh, 600px)' : `${height}px`;
    frame.style.marginInline = 'auto';
    frame.style.background = 'white';
    frame.style.colorScheme = 'light';
    const watch = (): void => {
      calm();
      after(longestMs, giveUp);
      if (mode === 'auto') after(stuckAfterMs, showWayOut);
    };
    const showWayOut = (): void => {
      const row = element('p', words.slow);
      row.style.textAlign = 'center';
      row.append(
        ' ',
        button(words.goToBank, () => openWindow(target)),
      );
      place.append(row);
    };
    frame.addEventListener('load', watch);
    watch();
    frame.name = FRAME;
    if (!target.fields) frame.src = target.url.href;
    place.style.cssText = '';
    place.replaceChildren(frame);
    if (target.fields) postTo(FRAME, target, place);
  };

  if (!target) say(words.checking);
  else if (mode === 'popup') openWindow(target);
  else void showFrame(target);

  return ({ phase, outcome, session }) => {
    const isOpen = !outcome || outcome.kind === 'unknown';
    // An unknown outcome has a card of its own, until it is asked for again.
    place.hidden = phase === 'settled';
    if (isOpen && session?.trackingId === trackingId && phase !== 'idle') return;
    calm();
    leave();
    popup?.close();
    place.remove();
  };
}

/** Turns, unless the shopper asked for less motion; what it stands for is said in words beside it. */
function spinner(): HTMLElement {
  const ring = element('i');
  ring.ariaHidden = 'true';
  ring.style.cssText =
    'display: inline-block; width: 2rem; height: 2rem; border: 3px solid var(--_line); border-top-color: var(--_accent); border-radius: 50%';
  // Not in the DOM of a unit test, where nothing moves.
  const turns = 'animate' in ring && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (turns)
    ring.animate([{ rotate: '0turn' }, { rotate: '1turn' }], { duration: 900, iterations: Infinity });
  return ring;
}

/** A panel that opens above the page needs a moment until it is there; its width says how large a bank may be. */
async function someRoom(holder: Element): Promise<void> {
  for (let waits = 0; waits < 30 && holder.clientWidth === 0; waits += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text = ''): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), { textContent: text });
}

const BUTTON =
  'min-height: 2.75rem; padding: 0 1.5rem; border: 1px solid transparent; border-radius: calc(var(--_radius) * 0.75); background: var(--_accent); color: var(--_on-accent); font: inherit; font-weight: 600; cursor: pointer';

function button(text: string, onClick: () => void): HTMLButtonElement {
  const it = element('button', text);
  it.type = 'button';
  it.style.cssText = BUTTON;
  it.addEventListener('click', onClick);
  return it;
}
