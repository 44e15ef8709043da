/**
 * Tries a hosted cashier page against the frame protocol, from a page of another origin: run it in a browser, read the
 * findings. It does what an element does, and what an element would never do.
 */
import { FRAME_SANDBOX, frameUrl } from '../../model/cashier-frame.ts';
import { cryptoRandom, hex128 } from '../../model/ids.ts';
import { readEnvelope } from '../envelope.ts';
import { type FrameMessage, HELLO, VERSIONS } from '../messages.ts';
import { listenForFrame } from '../page-link.ts';
import { read } from '../shape.ts';

export const CHECKS = {
  hello: 'says hello in time, to the exact origin of the page around it',
  nonce: 'echoes the nonce of its address, and only that one',
  version: 'offers a version of the protocol that is spoken here',
  'one-hello': 'falls silent on the window once it is welcomed',
  ready: 'says that it is ready, over the port',
  height: 'says a height that a shopper can use, between 80 and 5000 CSS pixels',
  order: 'numbers its messages rising by one, in the shapes of the protocol',
  strangers: 'does not obey a welcome with another nonce',
  reload: 'says hello again when it is loaded again, with a name of its own for the new document',
} as const;
export type CheckName = keyof typeof CHECKS;

export interface Finding {
  readonly check: CheckName;
  readonly passed: boolean;
  /** What should have happened; with what was seen instead when it did not. */
  readonly text: string;
}

export interface CheckOptions {
  /** The hosted page's absolute URL, of another origin than this page. */
  readonly url: string;
  /** A token that opens it. Without one only a page that says `ready` by itself can pass. */
  readonly token?: string;
  /** Where the frame is shown; it needs some room. Default: the document's body. */
  readonly container?: Element;
  /** For each thing that is waited for, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number;
}

interface Heard {
  readonly hellos: { readonly id: string; readonly v: readonly number[]; readonly load?: string }[];
  readonly messages: FrameMessage[];
  readonly drops: string[];
}

export async function checkHostedPage(options: CheckOptions): Promise<readonly Finding[]> {
  const { url, token, container = document.body, timeoutMs = 10_000 } = options;
  const cashierUrl = new URL(url);
  const nonce = hex128(cryptoRandom);
  const heard: Heard = { hellos: [], messages: [], drops: [] };
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', FRAME_SANDBOX);
  frame.style.cssText = 'width: 100%; height: 600px; border: 0';

  /** Before the link, so that it hears each hello as it came. */
  const overhear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== frame.contentWindow || origin !== cashierUrl.origin) return;
    const envelope = readEnvelope(data);
    const hello = envelope?.t === 'hello' ? read(HELLO, envelope.d) : undefined;
    if (hello) heard.hellos.push(hello);
  };
  window.addEventListener('message', overhear);
  frame.src = frameUrl({ cashierUrl, token, nonce, origin: location.origin });
  container.append(frame);
  const until = (condition: () => boolean): Promise<boolean> => waitFor(condition, timeoutMs);

  const saysHello = await until(() => heard.hellos.length > 0);
  strangerWelcomes(frame, cashierUrl.origin);
  await pause(200);
  // A page that obeyed the stranger has stopped saying hello, and talks to nobody.
  const before = heard.hellos.length;
  const link = listenForFrame({
    host: window,
    frame: () => frame.contentWindow,
    origin: cashierUrl.origin,
    nonce,
    onConnect: () => undefined,
    onMessage: (message) => heard.messages.push(message),
    onMismatch: () => undefined,
    onDrop: (reason) => heard.drops.push(reason),
  });
  const ready = await until(() => heard.messages.some(({ type }) => type === 'ready'));
  const goesOn = heard.hellos.length > before;
  await pause(600);
  const afterWelcome = heard.hellos.length;
  await pause(1_000);
  const silent = heard.hellos.length === afterWelcome;
  const loads = new Set(heard.hellos.map(({ load }) => load));
  loadAgain(frame);
  const again = await until(() => heard.hellos.some(({ load }) => !loads.has(load)));

  link.close();
  window.removeEventListener('message', overhear);
  frame.remove();

  const heights = heard.messages.flatMap((message) =>
    message.type === 'resize' ? [message.data.height] : [],
  );
  const wrong = heard.drops.filter((reason) =>
    ['out-of-order', 'malformed', 'not-an-envelope'].includes(reason),
  );
  const findings: Readonly<Record<CheckName, readonly [passed: boolean, seen: string]>> = {
    hello: [saysHello, `nothing within ${timeoutMs} ms`],
    nonce: [saysHello && heard.hellos.every(({ id }) => id === nonce), 'a hello with another id'],
    version: [
      heard.hellos.some(({ v }) => VERSIONS.some((known) => v.includes(known))),
      `versions ${heard.hellos[0]?.v.join(', ') ?? 'none'}, known are ${VERSIONS.join(', ')}`,
    ],
    'one-hello': [ready && silent, 'more hellos after the welcome'],
    ready: [ready, `messages: ${heard.messages.map(({ type }) => type).join(', ') || 'none'}`],
    height: [
      heights.length > 0 && heights.every((height) => height >= 80 && height <= 5_000),
      `heights: ${heights.join(', ') || 'none'}`,
    ],
    order: [ready && wrong.length === 0, `dropped: ${wrong.join(', ') || 'nothing, for nothing came'}`],
    strangers: [saysHello && goesOn, 'no more hellos after a stranger’s welcome'],
    reload: [again, 'no hello with another `load` after a reload'],
  };
  return Object.entries(findings).map(([check, [passed, seen]]) => ({
    check: check as CheckName,
    passed,
    text: `It ${CHECKS[check as CheckName]}.${passed ? '' : ` Seen instead: ${seen}.`}`,
  }));
}

/** With another query: the same address with a fragment would only jump to the fragment. */
function loadAgain(frame: HTMLIFrameElement): void {
  const url = new URL(frame.src);
  url.searchParams.set('again', '1');
  frame.src = url.href;
}

/** Somebody who does not know the nonce, and would like to have the port. */
function strangerWelcomes(frame: HTMLIFrameElement, origin: string): void {
  const { port2 } = new MessageChannel();
  const welcome = { n: 0, t: 'welcome', d: { v: 1, id: '0'.repeat(32) } };
  frame.contentWindow?.postMessage(welcome, origin, [port2]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function waitFor(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}
