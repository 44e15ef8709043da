/**
 * The iframe of the hosted page, and the link to it. A new one for each opening: a changed `src` would add history. A
 * chunk that is fetched while the session is. It shares no module with the file that fetches it, which a page may have
 * loaded under another address.
 */
import { embedderFragment, FRAME_SANDBOX, frameFeatures, frameUrl } from '../../model/cashier-frame.ts';
import { cryptoRandom, hex128 } from '../../model/ids.ts';
import type { PageLink } from '../../protocol/page-link.ts';
import type { CashierErrorCode } from '../errors.ts';
import { keepPage } from './ahead.ts';
import type { FrameHost } from './host.ts';
import { navigate } from './leading.ts';
import { followFrame } from './link.ts';
import { countFrame } from './timeline.ts';
import { watchTouch } from './touch.ts';

export { addressAhead } from './ahead.ts';
export { navigate, rests } from './leading.ts';

export { pageUrl } from '../../model/cashier-frame.ts';

export interface HostedPage {
  /** As the session has it: absolute, without the token. */
  readonly cashierUrl: string;
  /** Absent when the page is loaded before there is a token. */
  readonly token?: string | undefined;
  /** A frame that the page's HTML holds already, from `renderCashier`: taken over without a reload. */
  readonly adopted?: HTMLIFrameElement | null;
}

export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly cashierUrl: string;
  readonly send: PageLink['send'];
  /** Whether leaving loses something; undefined of a page that does not tell. */
  readonly unsaved: boolean | undefined;
  /** Says goodbye, lets go of every listener and takes the iframe away. */
  close(): void;
}

/** The directives that decide about frames, the most specific first. */
const FRAME_DIRECTIVES = ['frame-src', 'child-src', 'default-src'];

/**
 * `drop` takes this frame away, by `close`.
 *
 * @throws CashierError `unsafe-url`, `frame-refused`
 */
export function openFrame(host: FrameHost, page: HostedPage, drop: () => void): Frame {
  const { tag, holder, send, CashierError } = host;
  const { token } = page;
  const { dialect } = tag;
  const cashierUrl = checked(host, page);
  const { origin } = cashierUrl;
  const served = page.adopted ?? undefined;
  const adopted = served && nonceOf(served, origin);
  const nonce = adopted ?? hex128(cryptoRandom);

  const element = adopted ? served : document.createElement('iframe');
  /** A page that was opened ahead of its session is nobody's yet: it is not obeyed, and its troubles are no news. */
  let isOurs = token !== undefined;
  let saidHello = false;
  const remember = (): void => {
    if (isOurs && saidHello) keepPage(tag, page.cashierUrl);
  };
  const fail = (code: CashierErrorCode, hint?: string): void => {
    if (!isOurs) drop();
    send({ type: 'frame-error', error: CashierError.of(code, { hint: hint ?? '' }) });
  };

  const onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (!FRAME_DIRECTIVES.includes(effectiveDirective) || !blocks(blockedURI, origin)) return;
    fail('csp-blocked', `Add ${origin} to ${effectiveDirective}.`);
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  countFrame();

  /** What the page is told about the looks of things is told again after each hello: it may not have been there. */
  const said = new Map<string, () => void>();
  const link = followFrame({
    host: window,
    element,
    frame: () => element.contentWindow,
    origin,
    nonce,
    dialect,
    keepHeight: host.keepHeight,
    onConnect: () => {
      stopWatching();
      holder.classList.add('spoken');
      saidHello = true;
      remember();
      send({ type: 'hello' });
      for (const sayAgain of said.values()) sayAgain();
    },
    onInput: (input) => {
      if (!isOurs) host.note(`ahead: ${input.type}`);
      else if (input.type === 'close') host.onLeave();
      else send(input);
    },
    onNavigate: (url, reason) => {
      if (isOurs) navigate(host, url, reason);
    },
    onNote: (type) => host.note(`frame: ${type}`),
    onDrop: (reason) => host.note(`dropped: ${reason}`),
    onStopped: () =>
      send({
        type: 'frame-error',
        error: CashierError.of('frame-timeout', { message: 'page-stopped' }),
      }),
    onFlood: () => {
      drop();
      fail('frame-flood');
    },
    onMismatch: () => fail('protocol-mismatch'),
  });
  const stopWatching = watchTouch(element, () => send({ type: 'touched' }));
  // The document is there, whatever it is: a browser's error page loads too.
  element.addEventListener('load', () => send({ type: 'loaded', usable: isOurs && dialect !== undefined }));
  if (!adopted) {
    served?.remove();
    element.setAttribute('part', 'frame');
    element.setAttribute('sandbox', FRAME_SANDBOX);
    element.allow = frameFeatures(origin);
    element.referrerPolicy = 'strict-origin';
    element.src = frameUrl({ cashierUrl, token, lang: host.lang(), nonce, origin: location.origin });
    holder.append(element);
  }

  return {
    element,
    cashierUrl: page.cashierUrl,
    send(type, data) {
      if (type === 'session') {
        isOurs = true;
        remember();
      }
      if (type === 'locale' || type === 'theme') said.set(type, () => link.send(type, data));
      link.send(type, data);
    },
    get unsaved() {
      return link.unsaved;
    },
    close() {
      link.send('bye', {});
      link.close();
      stopWatching();
      holder.classList.remove('spoken');
      document.removeEventListener('securitypolicyviolation', onViolation);
      element.remove();
    },
  };
}

/** What the frame was told in its address, if that was meant for this page and this cashier. */
function nonceOf({ src }: HTMLIFrameElement, cashier: string): string | undefined {
  const [nonce] = /(?<=#kassa=)[0-9a-f]{32}/.exec(src) ?? [];
  const isOurs = src.startsWith(`${cashier}/`) && nonce !== undefined;
  return isOurs && src.endsWith(embedderFragment({ nonce, origin: location.origin })) ? nonce : undefined;
}

function checked({ safeUrl, CashierError }: FrameHost, { cashierUrl }: HostedPage): URL {
  const url = safeUrl(cashierUrl);
  if (!url) throw CashierError.of('unsafe-url');
  // A frame of the page's own origin could reach into the page and take its own sandbox off.
  if (url.origin === location.origin) throw CashierError.of('frame-refused');
  return url;
}

/** Browsers cut the blocked URI down to its origin, or to a bare scheme. */
function blocks(blockedUri: string, origin: string): boolean {
  return URL.canParse(blockedUri) && new URL(blockedUri).origin === origin;
}
