/**
 * The iframe of the hosted page. A new one for each opening: a changed `src` would add history. The first file of the script
 * tag makes it, so that it loads beside the element that speaks with its page (`frame.ts`); what happens meanwhile waits.
 */
import { embedderFragment, frameAttributes } from '../../model/cashier-frame.ts';
import { cryptoRandom, hex128 } from '../../model/ids.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { CashierError } from '../errors.ts';

export interface HostedPage {
  /** As the session has it: absolute, without the token. */
  readonly cashierUrl: string;
  /** Absent when the page is loaded before there is a token. */
  readonly token?: string | undefined;
  /** A frame that the page's HTML holds already, from `renderCashier`: taken over without a reload. */
  readonly adopted?: HTMLIFrameElement | null;
}

/** A frame that the script-tag file made before its element was whole. */
export interface EarlyFrame {
  readonly frame: MadeFrame;
  readonly page: HostedPage;
  readonly lang: string;
}

/** Where the iframe goes, and in what language. */
export interface FramePlace {
  readonly holder: Element;
  readonly lang: () => string;
}

export interface MadeFrame {
  readonly element: HTMLIFrameElement;
  readonly cashierUrl: string;
  readonly nonce: string;
  /** What happened before anybody could hear it, in its order. */
  readonly unheard: Event[];
  /** Aborted by whoever hears it from now on. */
  readonly keeping: AbortController;
  /** Lets go of every listener and takes the iframe away. */
  readonly close: () => void;
}

/**
 * More than any page says before it is answered. Beyond it the oldest is lost: the last word counts, and a hello is said
 * again.
 */
const MOST_UNHEARD = 64;

/** @throws CashierError `unsafe-url`, `frame-refused` */
export function makeFrame({ holder, lang }: FramePlace, page: HostedPage): MadeFrame {
  const { token, adopted } = page;
  const cashierUrl = safeUrl(page.cashierUrl);
  if (!cashierUrl) throw CashierError.of('unsafe-url');
  const { origin } = cashierUrl;
  // A frame of the page's own origin could reach into the page and take its own sandbox off.
  if (origin === location.origin) throw CashierError.of('frame-refused');
  const told = adopted ? nonceOf(adopted, origin, token) : undefined;
  const nonce = told ?? hex128(cryptoRandom);
  const element = adopted && told ? adopted : document.createElement('iframe');

  const unheard: Event[] = [];
  const keeping = new AbortController();
  const keep = (event: Event): void => {
    const { type, source } = event as MessageEvent;
    if (type === 'message' && source !== element.contentWindow) return;
    if (unheard.push(event) > MOST_UNHEARD)
      unheard.splice(
        unheard.findIndex(({ type }) => type !== 'load'),
        1,
      );
  };
  for (const [target, type] of [
    [window, 'message'],
    [element, 'load'],
    // Said of a frame that the page's policy forbids.
    [document, 'securitypolicyviolation'],
  ] as const)
    target.addEventListener(type, keep, keeping);

  if (!told) {
    adopted?.remove();
    const address = { cashierUrl, token, lang: lang(), nonce, origin: location.origin };
    for (const [name, value] of Object.entries({ part: 'frame', ...frameAttributes(address) }))
      element.setAttribute(name, value);
    holder.append(element);
  }
  return {
    element,
    cashierUrl: page.cashierUrl,
    nonce,
    unheard,
    keeping,
    close() {
      keeping.abort();
      element.remove();
    },
  };
}

/** What the frame was told in its address, if that was meant for this page, this cashier and this session. */
function nonceOf({ src }: HTMLIFrameElement, cashier: string, token?: string): string | undefined {
  const [nonce = ''] = /(?<=#kassa=)[0-9a-f]{32}/.exec(src) ?? [];
  const told = embedderFragment({ nonce, origin: location.origin });
  if (!src.startsWith(`${cashier}/`) || !src.endsWith(told)) return undefined;
  return token === undefined || new URL(src).searchParams.get('token') === token ? nonce : undefined;
}
