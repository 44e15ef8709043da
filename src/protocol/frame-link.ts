/**
 * The hosted page's end of the frame protocol.
 *
 * The frame speaks first, because a page cannot know when a cross-site frame listens (a message posted before it has
 * navigated is lost). It repeats its hello, because the page may load the element later than the frame.
 */
import type { Embedder } from '../model/cashier-frame.ts';
import { type Channel, openChannel } from './channel.ts';
import { readEnvelope } from './envelope.ts';
import { type FROM_FRAME, type MessageData, type MessageType, VERSIONS } from './messages.ts';
import { FROM_PAGE, type PageMessage, WELCOME } from './page-messages.ts';
import { read } from './shape.ts';

/** Pauses between hellos, in milliseconds; some 20 s in all, a little more than the element waits by default. */
const HELLO_PAUSES_MS = [50, 100, 200, 400, 800, 1_600, 3_000, 3_000, 3_000, 3_000, 3_000];

/** While money moves this page says so again and again: one that is silent for too long is taken for dead. */
const BEAT_MS = 5_000;

/** What is said before the welcome is kept and sent after it, up to this many messages. */
const MAX_WAITING = 64;

export interface FrameLinkOptions {
  readonly embedder: Embedder;
  /** What this page can do beyond version 1. */
  readonly caps?: readonly string[];
  readonly onConnect?: () => void;
  readonly onMessage: (message: PageMessage) => void;
  /** The window that was framed; `globalThis.window` unless a test says otherwise. */
  readonly self?: Window;
}

export type FrameLink = Channel<typeof FROM_FRAME>;

export function connectToPage(options: FrameLinkOptions): FrameLink {
  const { embedder, caps = [], onConnect, onMessage, self = globalThis.window } = options;
  const load = self.crypto.randomUUID();
  const waiting: (() => void)[] = [];
  let isDirty = false;
  let channel: Channel<typeof FROM_FRAME> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let beats: ReturnType<typeof setInterval> | undefined;

  const sayHello = (attempt: number): void => {
    const hello = { v: VERSIONS, id: embedder.nonce, caps: [...caps, 'dirty', 'beats'], load };
    self.parent.postMessage({ n: 0, t: 'hello', d: hello }, embedder.origin);
    const pauseMs = HELLO_PAUSES_MS[attempt];
    if (pauseMs !== undefined) timer = setTimeout(sayHello, pauseMs, attempt + 1);
  };

  const onWindowMessage = (event: MessageEvent<unknown>): void => {
    if (!event.isTrusted || event.source !== self.parent || event.origin !== embedder.origin) return;
    const envelope = readEnvelope(event.data);
    const welcome = envelope?.t === 'welcome' ? read(WELCOME, envelope.d) : undefined;
    const port = event.ports[0];
    if (welcome?.id !== embedder.nonce || !port) return;
    clearTimeout(timer);
    channel?.close();
    channel = openChannel({ port, accepts: FROM_PAGE, onMessage, onDrop: () => undefined });
    for (const sendNow of waiting.splice(0)) sendNow();
    onConnect?.();
  };

  const send = <K extends MessageType<typeof FROM_FRAME>>(
    type: K,
    data: MessageData<typeof FROM_FRAME, K>,
  ) => {
    if (type === 'busy') {
      clearInterval(beats);
      const { locked } = data as MessageData<typeof FROM_FRAME, 'busy'>;
      if (locked) beats = setInterval(() => channel?.send('busy', { locked }), BEAT_MS);
    }
    if (type === 'dirty') isDirty = (data as MessageData<typeof FROM_FRAME, 'dirty'>).asks ?? true;
    if (channel) channel.send(type, data);
    else if (waiting.length < MAX_WAITING) waiting.push(() => channel?.send(type, data));
  };

  /** Said by itself, as every page has to; what was chosen is chosen again in no time. */
  const onInput = ({ target }: Event): void => {
    if (!isDirty && !(target as Element).matches('select, [type=radio], [type=checkbox]')) send('dirty', {});
  };

  self.addEventListener('message', onWindowMessage);
  self.addEventListener('input', onInput);
  sayHello(0);

  return {
    send,
    close() {
      clearTimeout(timer);
      clearInterval(beats);
      self.removeEventListener('input', onInput);
      self.removeEventListener('message', onWindowMessage);
      channel?.close();
    },
  };
}
