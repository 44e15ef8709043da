/** What the hosted page says, as what it means for the element. */
import type { GATEWAY_STATUSES, GatewayStatus } from '../../model/gateway/statuses.ts';
import type { Status } from '../../model/statuses.ts';
import type { FrameMessage } from '../../protocol/messages.ts';
import {
  listenForFrame,
  type PageDrop,
  type PageLink,
  type PageLinkOptions,
} from '../../protocol/page-link.ts';
import type { Input } from '../machine/machine.ts';
import { createHeightFitter } from './height.ts';
import { keepHeight } from './last-height.ts';
import { watchLock } from './lock.ts';

export interface FollowOptions extends Omit<PageLinkOptions, 'onMessage'> {
  readonly element: HTMLIFrameElement;
  readonly onInput: (input: Input) => void;
  readonly onNavigate: (url: string, reason: string) => void;
  /** For diagnostics: a message that asks for nothing. */
  readonly onNote: (type: string) => void;
  /** Nothing more was heard of a page on which money moves, or no end of it. */
  readonly onStopped: () => void;
  /** It said more than any page needs to, and is heard no longer. */
  readonly onFlood: () => void;
}

export interface FollowedFrame extends PageLink {
  /** Whether leaving loses something, in the page's own word; undefined of a page that does not tell. */
  readonly unsaved: boolean | undefined;
}

/** Listens to the page of a frame, gives it the height it asks for, and hands on all else that it says. */
export function followFrame(options: FollowOptions): FollowedFrame {
  const height = createHeightFitter(options.element, keepHeight);
  const lock = watchLock(() => {
    // The backend has the word now, and the shopper may leave; then they are told.
    options.onInput({ type: 'returned' });
    options.onStopped();
  });
  let unsaved: boolean | undefined;
  /** It asked for another token, and has none yet. */
  let wishes = false;
  const link = listenForFrame({
    ...options,
    onDrop: rarely(options.onDrop ?? (() => undefined)),
    onFlood() {
      // Whatever it has not said: money may have moved, and the backend has the word now.
      options.onInput({ type: 'returned' });
      options.onFlood();
    },
    onConnect(hello) {
      unsaved = hello.caps.includes('dirty') ? false : undefined;
      lock.begin(hello.caps);
      options.onConnect(hello);
    },
    onMessage: (message) => {
      if (message.type === 'busy' && !lock.hear(message.data.locked)) return;
      const input = inputOf(message);
      if (input) options.onInput(input);
      else if (message.type === 'resize') height.fit(message.data.height);
      else if (message.type === 'navigate') options.onNavigate(message.data.url, message.data.reason);
      else options.onNote(message.type);
      if (message.type === 'dirty') unsaved = message.data.asks ?? true;
      if (message.type === 'token-expired') wishes = true;
    },
  });
  return {
    send(type, data) {
      link.send(type, data);
      if (type === 'session') wishes = false;
      // It may know of a decline long before the backend does, until when nothing can be minted: its wish is not lost.
      if (type === 'verified' && wishes) options.onInput({ type: 'token-expired' });
    },
    hear: (event) => link.hear(event),
    get unsaved() {
      return unsaved;
    },
    close() {
      height.stop();
      lock.stop();
      link.close();
    },
  };
}

/** Whoever shouts must not fill the diagnostics: of each reason they have the first time, the tenth, the hundredth. */
function rarely(tell: (reason: PageDrop) => void): (reason: PageDrop) => void {
  const times = new Map<PageDrop, number>();
  return (reason) => {
    const count = (times.get(reason) ?? 0) + 1;
    times.set(reason, count);
    if (Number.isInteger(Math.log10(count))) tell(reason);
  };
}

type GatewayWords = typeof GATEWAY_STATUSES;
/** The gateway's words, for a page that does not say them; the compiler holds them against the table. */
const WORDS: {
  readonly [S in Status]: { [W in GatewayStatus]: GatewayWords[W] extends S ? W : never }[GatewayStatus];
} = { pending: 'pending', succeeded: 'successful', failed: 'rejected' };

function inputOf(message: FrameMessage): Input | undefined {
  switch (message.type) {
    case 'ready':
      return { type: 'frame-ready' };
    case 'busy':
      return { type: 'frame-busy', locked: message.data.locked };
    case 'status':
      return {
        type: 'hint',
        ...message.data,
        rawStatus: message.data.rawStatus ?? WORDS[message.data.status],
      };
    case 'token-expired':
      return { type: 'token-expired' };
    case 'close':
      return { type: 'close', by: 'frame' };
    default:
      return undefined;
  }
}
