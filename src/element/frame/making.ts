/**
 * The iframe of the hosted page. A new one for each opening: a changed `src` would add history. The first file of the script
 * tag makes it, so that it loads beside the element that speaks with its page (`frame.ts`).
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
  /** What happened before anybody could hear it, in its order; whoever asks hears the rest. */
  readonly unheard: () => readonly Event[];
  /** Lets go of every listener and takes the iframe away. */
  readonly close: () => void;
}

/** Where the iframe goes, and in what language. */
export interface FramePlace {
  readonly holder: Element;
  readonly lang: () => string;
}

export interface MadeFrame {
  readonly element: HTMLIFrameElement;
  readonly nonce: string;
}

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

  if (!told) {
    adopted?.remove();
    const address = { cashierUrl, token, lang: lang(), nonce, origin: location.origin };
    for (const [name, value] of Object.entries({ part: 'frame', ...frameAttributes(address) }))
      element.setAttribute(name, value);
    holder.append(element);
  }
  return { element, nonce };
}

/** What the frame was told in its address, if that was meant for this page, this cashier and this session. */
function nonceOf({ src }: HTMLIFrameElement, cashier: string, token?: string): string | undefined {
  const [nonce = ''] = /(?<=#kassa=)[0-9a-f]{32}/.exec(src) ?? [];
  const told = embedderFragment({ nonce, origin: location.origin });
  if (!src.startsWith(`${cashier}/`) || !src.endsWith(told)) return undefined;
  return token === undefined || new URL(src).searchParams.get('token') === token ? nonce : undefined;
}
