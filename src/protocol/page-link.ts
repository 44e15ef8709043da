/**
 * The page's end of the frame protocol.
 *
 * It must: (1) stay silent to strangers, (2) hand the port only to the document it framed, (3) survive a frame that
 * reloads, (4) never take a word for granted, and (5) cost the page little, whatever comes. Hence the order of the checks:
 * `isTrusted` first, because a script on the page can forge an event with the right origin and source (Chromium, WebKit);
 * `source`, because any window may post; `origin`, because `contentWindow` survives a navigation to another site; the
 * nonce, because another element may frame the same origin. `event.data` comes after them, because a browser may unpack it
 * only when it is asked for.
 */
import { type Cost, openBudget } from './budget.ts';
import { type Channel, type ChannelDrop, openChannel } from './channel.ts';
import { readEnvelope } from './envelope.ts';
import { type FrameMessage, FROM_FRAME, HELLO, type Hello, VERSIONS } from './messages.ts';
import type { FROM_PAGE } from './page-messages.ts';
import { read } from './shape.ts';
import { isHeavy } from './weight.ts';

export type PageDrop =
  | 'not-trusted'
  | 'wrong-source'
  | 'wrong-origin'
  | 'not-a-hello'
  | 'wrong-nonce'
  | 'repeated-hello'
  | ChannelDrop;

/** What a foreign message may count as. It cannot lead the page anywhere, nor ask for a challenge or a token. */
export type DialectMessage = Extract<
  FrameMessage,
  { readonly type: 'ready' | 'resize' | 'busy' | 'dirty' | 'status' | 'close' }
>;

/** Translates what a hosted page posts in its own manner. `undefined` is no message of interest. */
export type Dialect = (data: unknown) => DialectMessage | undefined;

export interface PageLinkOptions {
  /** Where messages arrive: the page's `window`. */
  readonly host: EventTarget;
  /** The window of the frame right now; asked at each message. */
  readonly frame: () => Window | null;
  /** The exact origin of the hosted page. */
  readonly origin: string;
  /** The nonce that was put in the frame's URL. */
  readonly nonce: string;
  readonly onConnect: (hello: Hello) => void;
  readonly onMessage: (message: FrameMessage) => void;
  /** Understands a page that knows nothing of this protocol, until it says hello after all. */
  readonly dialect?: Dialect | undefined;
  /** No common version: the frame is used without the protocol. */
  readonly onMismatch: (offered: readonly number[]) => void;
  /** The frame said more than any page needs to. The link is closed; take its frame away, or its messages go on coming. */
  readonly onFlood?: () => void;
  /** For diagnostics only; strangers get no answer. */
  readonly onDrop?: (reason: PageDrop) => void;
}

export interface PageLink extends Channel<typeof FROM_PAGE> {
  /** A message that arrived at the host before this link did; it is judged like any other. */
  hear(event: MessageEvent<unknown>): void;
}

export function listenForFrame(options: PageLinkOptions): PageLink {
  const { host, frame, origin, nonce, onConnect, onMessage, dialect, onMismatch } = options;
  const drop = options.onDrop ?? (() => undefined);
  let channel: Channel<typeof FROM_PAGE> | undefined;
  let load: string | undefined;
  const spend = openBudget();

  /** Closes the link when the frame has spent more than it has. */
  const afford = (cost: Cost): boolean => {
    if (spend(cost)) return true;
    close();
    options.onFlood?.();
    return false;
  };
  const close = (): void => {
    host.removeEventListener('message', onWindowMessage);
    channel?.close();
    channel = undefined;
  };

  const refuse = (event: MessageEvent<unknown>): PageDrop | undefined => {
    if (!event.isTrusted) return 'not-trusted';
    if (event.source === null || event.source !== frame()) return 'wrong-source';
    if (event.origin !== origin) return 'wrong-origin';
    return undefined;
  };

  const onWindowMessage = (event: Event): void => hear(event as MessageEvent<unknown>);
  const hear = (message: MessageEvent<unknown>): void => {
    const refused = refuse(message);
    if (refused) {
      drop(refused);
      return;
    }
    const { data } = message;
    const tooHeavy = isHeavy(data);
    const envelope = tooHeavy ? undefined : readEnvelope(data);
    const hello = envelope?.t === 'hello' ? read(HELLO, envelope.d) : undefined;
    if (!afford(tooHeavy ? 'heavy' : hello ? 'hello' : 'message')) return;
    if (tooHeavy) drop('too-heavy');
    else if (!hello) translate(data);
    else if (hello.id !== nonce) drop('wrong-nonce');
    else if (channel && hello.load !== undefined && hello.load === load) drop('repeated-hello');
    else welcome(hello, message.source as Window);
  };

  /** The shop's translation is trusted, what it translated is not: it is judged like any message. */
  const translate = (data: unknown): void => {
    const said = channel ? undefined : dialect?.(data);
    const content = said && read(FROM_FRAME[said.type], said.data);
    if (content) onMessage({ type: said.type, data: content } as FrameMessage);
    else drop('not-a-hello');
  };

  const welcome = (hello: Hello, target: Window): void => {
    const version = VERSIONS.find((known) => hello.v.includes(known));
    if (version === undefined) {
      onMismatch(hello.v);
      return;
    }
    channel?.close();
    load = hello.load;
    const { port1, port2 } = new MessageChannel();
    channel = openChannel({ port: port1, accepts: FROM_FRAME, onMessage, onDrop: drop, afford });
    target.postMessage({ n: 0, t: 'welcome', d: { v: version, id: nonce } }, origin, [port2]);
    onConnect(hello);
  };

  host.addEventListener('message', onWindowMessage);

  return {
    send(type, data) {
      channel?.send(type, data);
    },
    hear,
    close,
  };
}
