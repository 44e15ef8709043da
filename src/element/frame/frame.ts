/** The link to the hosted page in a frame. */
import type { PageLink } from '../../protocol/page-link.ts';
import { CashierError, type CashierErrorCode } from '../errors.ts';
import { keepPage } from './ahead.ts';
import type { FrameHost } from './host.ts';
import { navigate } from './leading.ts';
import { followFrame } from './link.ts';
import type { HostedPage, MadeFrame } from './making.ts';
import { countFrame } from './timeline.ts';
import { watchTouch } from './touch.ts';

/** The directives that decide about frames, the most specific first. */
const FRAME_DIRECTIVES = ['frame-src', 'child-src', 'default-src'];

export interface Frame {
  readonly element: HTMLIFrameElement;
  readonly cashierUrl: string;
  readonly send: PageLink['send'];
  /** Whether leaving loses something; undefined of a page that does not tell. */
  readonly unsaved: () => boolean | undefined;
  /** Hears what happened before. Once it is known who speaks: what is heard may be the end of it. */
  readonly catchUp: (unheard: readonly Event[]) => void;
  /** Says goodbye, lets go of every listener and takes the iframe away. */
  readonly close: () => void;
}

/** From now on this frame is spoken with. `drop` takes it away, by `close`. */
export function speakWith(
  host: FrameHost,
  page: HostedPage,
  { element, nonce }: MadeFrame,
  drop: () => void,
): Frame {
  const { tag, holder, send } = host;
  const { dialect } = tag;
  const { origin } = new URL(page.cashierUrl);
  /** A page that was opened ahead of its session is nobody's yet: it is not obeyed, and its troubles are no news. */
  let isOurs = page.token !== undefined;
  let saidHello = false;
  const closing = new AbortController();
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
    unsaved: () => link.unsaved,
    catchUp(unheard) {
      for (const event of unheard) {
        // What one of them leads to may be the end of this frame.
        if (closing.signal.aborted) break;
        if (event.type === 'load') onLoad();
        else if (event.type === 'message') link.hear(event as MessageEvent);
        else onViolation(event as SecurityPolicyViolationEvent);
      }
    },
    close() {
      closing.abort();
      link.send('bye', {});
      link.close();
      stopWatching();
      holder.classList.remove('spoken');
      element.remove();
    },
  };
}

/** Browsers cut the blocked URI down to its origin, or to a bare scheme. */
function blocks(blockedUri: string, origin: string): boolean {
  return URL.canParse(blockedUri) && new URL(blockedUri).origin === origin;
}
