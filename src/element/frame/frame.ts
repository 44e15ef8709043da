/**
 * The link to the hosted page in a frame. A chunk that is fetched while the session and the frame are. It shares no module
 * with the file that fetches it, which a page may have loaded under another address.
 */
import type { CashierErrorCode } from '../errors.ts';
import { keepPage } from './ahead.ts';
import type { FrameHost } from './host.ts';
import { navigate } from './leading.ts';
import { followFrame } from './link.ts';
import type { Frame, HostedPage } from './making.ts';
import { countFrame } from './timeline.ts';
import { watchTouch } from './touch.ts';
import { waitingStyles } from './waiting-styles.ts';

export { addressAhead } from './ahead.ts';
export { lead, rests } from './leading.ts';

/** The directives that decide about frames, the most specific first. */
const FRAME_DIRECTIVES = ['frame-src', 'child-src', 'default-src'];

/** From now on this frame is spoken with, and what has waited for that is made up for. `drop` takes it away, by `close`. */
export function speakWith(host: FrameHost, page: HostedPage, frame: Frame, drop: () => void): void {
  const { tag, holder, send, CashierError } = host;
  const { dialect } = tag;
  const { element, nonce } = frame;
  const { origin } = new URL(page.cashierUrl);
  /** A page that was opened ahead of its session is nobody's yet: it is not obeyed, and its troubles are no news. */
  let isOurs = page.token !== undefined;
  let saidHello = false;
  const closing = new AbortController();
  host.adopt(waitingStyles);
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
  document.addEventListener('securitypolicyviolation', onViolation, closing);
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
  const onLoad = (): void => send({ type: 'loaded', usable: isOurs && dialect !== undefined });
  element.addEventListener('load', onLoad, closing);

  frame.send = (type, data) => {
    if (type === 'session') {
      isOurs = true;
      remember();
    }
    if (type === 'locale' || type === 'theme') said.set(type, () => link.send(type, data));
    link.send(type, data);
  };
  frame.unsaved = () => link.unsaved;
  frame.close = () => {
    closing.abort();
    link.send('bye', {});
    link.close();
    stopWatching();
    holder.classList.remove('spoken');
    element.remove();
  };

  frame.keeping.abort();
  for (const words of frame.unsent) frame.send(...words);
  for (const event of frame.unheard) {
    // What one of them leads to may be the end of this frame.
    if (closing.signal.aborted) break;
    if (event.type === 'load') onLoad();
    else if (event.type === 'message') link.hear(event as MessageEvent);
    else onViolation(event as SecurityPolicyViolationEvent);
  }
}

/** Browsers cut the blocked URI down to its origin, or to a bare scheme. */
function blocks(blockedUri: string, origin: string): boolean {
  return URL.canParse(blockedUri) && new URL(blockedUri).origin === origin;
}
