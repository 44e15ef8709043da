/**
 * The first steps of a tag that opens by itself, as soon as the page says where they lead: its frame loads, or its session
 * is asked for, while the element comes. What is not certain here is left to the element, and so is what is wrong.
 */
import { FLOWS } from '../../model/flows.ts';
import type { Session } from '../../wire/session.ts';
import type { Early } from '../early.ts';
import { type EarlyFrame, type HostedPage, makeFrame } from '../frame/making.ts';
import { servedFrame, servedSession } from '../frame/served.ts';
import { askForSession, type SessionWish, type Source } from '../frame/session-request.ts';
import { languageOf } from '../look/language.ts';
import { makeAround } from '../shell/around.ts';

/** As the page set it, before there was a setter for it. */
interface BareTag extends HTMLElement {
  readonly session?: unknown;
  readonly payment?: unknown;
  readonly dialect?: unknown;
  readonly display?: unknown;
  readonly flow?: unknown;
  readonly sessionUrl?: unknown;
  readonly cashierUrl?: unknown;
}

const word = (tag: BareTag, property: 'display' | 'flow' | 'sessionUrl' | 'cashierUrl', attribute: string) =>
  tag[property] ?? tag.getAttribute(attribute);

/** Not one that waits for an order, nor one that leaves the page. */
const opensByItself = (tag: BareTag): boolean =>
  !['modal', 'popover', 'redirect'].some((display) => display === word(tag, 'display', 'display')) &&
  !tag.payment &&
  isSecureContext;

/** `isWanted` is asked before another step is taken, later. */
export function begin(tag: BareTag, isWanted: () => boolean): Early | undefined {
  if (!opensByItself(tag)) return undefined;
  const open = (session: unknown): Early['frame'] => {
    const { token, cashierUrl, url } = Object(session) as Partial<Session>;
    if (!token || !cashierUrl || url) return undefined;
    return earlyFrame(tag, { cashierUrl, token, adopted: servedFrame(tag) });
  };
  let frame = open(tag.session ?? servedSession(tag));
  if (frame) return { frame };
  const source = tag.session ?? word(tag, 'sessionUrl', 'session-url');
  if (servedFrame(tag) || !isSource(source)) return undefined;
  const flow = FLOWS.find((it) => it === word(tag, 'flow', 'flow')) ?? 'deposit';
  const session = earlySession(source, { flow, lang: languageOf(tag) });
  const cashierUrl = word(tag, 'cashierUrl', 'cashier-url');
  if (typeof cashierUrl === 'string' && flow !== 'direct' && !tag.dialect)
    frame = earlyFrame(tag, { cashierUrl });
  session.answer.then(
    ({ ok, body }) => {
      if (ok && isWanted() && source === (tag.session ?? source)) frame ??= open(body);
    },
    // Whoever takes it over hears of it.
    () => undefined,
  );
  return {
    session,
    get frame() {
      return frame;
    },
  };
}

/** A session as such is the element's to read. */
const isSource = (it: unknown): it is Source =>
  typeof it === 'string' || typeof it === 'function' || 'then' in Object(it);

function earlySession(source: Source, wish: SessionWish): NonNullable<Early['session']> {
  const stopping = new AbortController();
  const answer = askForSession(source, wish, stopping.signal);
  return { source, wish, answer, stop: () => stopping.abort() };
}

/**
 * Until the element's style sheets are there. In its place and unseen: a page that is shown nowhere would find that it has
 * no height.
 */
const UNSEEN =
  'display:block;visibility:hidden;position:static;width:100%;max-width:none;margin:0;border:0;padding:0';
const IN_ITS_PLACE = 'display:block;width:100%;height:var(--kassa-min-height,40rem);border:0';

function earlyFrame(tag: BareTag, page: HostedPage): Early['frame'] {
  const around = makeAround();
  const lang = languageOf(tag);
  // A frame of the page's own HTML would lose its place, until there is a slot for it.
  if (!page.adopted) (tag.shadowRoot ?? tag.attachShadow({ mode: 'open' })).append(around.dialog);
  try {
    const frame = makeFrame({ holder: around.holder, lang: () => lang }, page);
    if (!page.adopted) {
      around.dialog.style.cssText = UNSEEN;
      frame.element.style.cssText = IN_ITS_PLACE;
    }
    return { ...around, page, lang, frame, ...keepUnheard(frame.element) };
  } catch {
    around.dialog.remove();
    return undefined;
  }
}

/**
 * More than any page says before it is answered. Beyond it the oldest is lost: the last word counts, and a hello is said
 * again.
 */
const MOST_UNHEARD = 64;

/** What happens while there is nobody to hear it. */
function keepUnheard(frame: HTMLIFrameElement): Pick<EarlyFrame, 'unheard' | 'close'> {
  const kept: Event[] = [];
  const keeping = new AbortController();
  const keep = (event: Event): void => {
    const { type, source } = event as MessageEvent;
    if (type === 'message' && source !== frame.contentWindow) return;
    if (kept.push(event) > MOST_UNHEARD)
      kept.splice(
        kept.findIndex(({ type }) => type !== 'load'),
        1,
      );
  };
  for (const [target, type] of [
    [window, 'message'],
    [frame, 'load'],
    // Said of a frame that the page's policy forbids.
    [document, 'securitypolicyviolation'],
  ] as const)
    target.addEventListener(type, keep, keeping);
  return {
    unheard() {
      keeping.abort();
      return kept;
    },
    close() {
      keeping.abort();
      frame.remove();
    },
  };
}

export function takeBack({ frame, session }: Early): void {
  frame?.close();
  frame?.dialog.remove();
  session?.stop();
}
