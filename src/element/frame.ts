/** The iframe of the hosted page, and the link to it. A new one for each opening: a changed `src` would add history. */
import { cryptoRandom, hex128 } from '../model/ids.ts';
import { safeUrl } from '../model/safe-url.ts';
import type { FrameMessage } from '../protocol/messages.ts';
import { listenForFrame, type PageLink } from '../protocol/page-link.ts';
import { frameUrl } from '../protocol/url.ts';
import { CashierError } from './errors.ts';

export interface FrameOptions {
  /** Where the iframe goes. */
  readonly holder: Element;
  /** As the session has it: absolute, without the token. */
  readonly cashierUrl: string;
  readonly token: string;
  readonly lang: string;
  readonly title: string;
  readonly onHello: () => void;
  readonly onMessage: (message: FrameMessage) => void;
  readonly onError: (error: CashierError) => void;
  /** The document is there, whatever it is: a browser's error page loads too. */
  readonly onLoad: () => void;
  readonly onDrop: (reason: string) => void;
}

export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly send: PageLink['send'];
  /** Says goodbye, lets go of every listener and takes the iframe away. */
  close(): void;
}

const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';
const FEATURES = ['payment', 'publickey-credentials-get', 'clipboard-write'];
/** The directives that decide about frames, the most specific first. */
const FRAME_DIRECTIVES = ['frame-src', 'child-src', 'default-src'];

/** @throws CashierError `unsafe-url`, `frame-refused` */
export function openFrame(options: FrameOptions): Frame {
  const { holder, token, lang, title, onHello, onMessage, onError, onLoad, onDrop } = options;
  const cashierUrl = checked(options.cashierUrl);
  const { origin } = cashierUrl;
  const nonce = hex128(cryptoRandom);

  const element = document.createElement('iframe');
  element.title = title;
  element.setAttribute('sandbox', SANDBOX);
  element.allow = FEATURES.map((feature) => `${feature} ${origin}`).join('; ');
  element.referrerPolicy = 'strict-origin';
  element.setAttribute('part', 'frame');

  const onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (!FRAME_DIRECTIVES.includes(effectiveDirective) || !blocks(blockedURI, origin)) return;
    onError(CashierError.of('csp-blocked', { hint: `Add ${origin} to ${effectiveDirective}.` }));
  };
  document.addEventListener('securitypolicyviolation', onViolation);

  const link = listenForFrame({
    host: window,
    frame: () => element.contentWindow,
    origin,
    nonce,
    onConnect: onHello,
    onMessage,
    onMismatch: () => onError(CashierError.of('protocol-mismatch')),
    onDrop,
  });
  element.addEventListener('load', onLoad);
  element.src = frameUrl({ cashierUrl, token, lang, nonce, origin: location.origin });
  holder.replaceChildren(element);

  return {
    element,
    send: (type, data) => link.send(type, data),
    close() {
      link.send('bye', {});
      link.close();
      document.removeEventListener('securitypolicyviolation', onViolation);
      element.remove();
    },
  };
}

function checked(cashierUrl: string): URL {
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
