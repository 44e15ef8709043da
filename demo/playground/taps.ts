/**
 * Listens in on everything between page, frame and backend, without a hook in the element: it taps what the browser
 * gives to everybody. For showing only; the element neither knows nor minds.
 */
export type Party = 'page' | 'frame' | 'backend';

export interface Said {
  /** Milliseconds since the page began. */
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly what: string;
  /** What it carried, without secrets. */
  readonly detail: string;
}

export function tapEverything(tell: (said: Said) => void): void {
  const say = (from: Party, to: Party, what: string, detail: unknown): void =>
    tell({ at: performance.now(), from, to, what, detail: readable(detail) });
  tapPorts(say);
  tapHttp(say);
}

const HIDDEN = ['token', 'id', 'load', 'trackingId', 'transactionId', 'statusUrl', 'returnUrl', 'cashierUrl'];

type Say = (from: Party, to: Party, what: string, detail: unknown) => void;

interface Envelope {
  readonly t?: unknown;
  readonly d?: unknown;
}

/** The element makes a channel for each frame that says hello, keeps its first port and gives the other away. */
function tapPorts(say: Say): void {
  globalThis.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      say('page', 'frame', 'welcome, with a port', {});
      const send = this.port1.postMessage.bind(this.port1);
      this.port1.postMessage = (message: Envelope) => {
        say('page', 'frame', String(message.t), message.d);
        send(message);
      };
      this.port1.addEventListener('message', ({ data }: MessageEvent<Envelope>) => {
        say('frame', 'page', String(data.t), data.d);
      });
    }
  };
  window.addEventListener('message', ({ data, source }: MessageEvent<Envelope | null>) => {
    if (source === window || typeof data !== 'object' || data?.t !== 'hello') return;
    say('frame', 'page', 'hello', data.d);
  });
}

function tapHttp(say: Say): void {
  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const isKassa = url.pathname.startsWith('/kassa/');
    if (isKassa) say('page', 'backend', `${init?.method ?? 'GET'} ${pathOf(url)}`, {});
    const response = await ask(input, init);
    if (isKassa) say('backend', 'page', String(response.status), await bodyOf(response.clone()));
    return response;
  };
  globalThis.EventSource = class extends EventSource {
    constructor(url: string | URL) {
      super(url);
      say('page', 'backend', `stream ${pathOf(new URL(url, location.href))}`, {});
      this.addEventListener('status', ({ data }: MessageEvent<string>) => {
        say('backend', 'page', 'status', JSON.parse(data));
      });
    }
  };
}

const pathOf = ({ pathname }: URL): string => pathname.replace(/(?<=\/status\/).+/, '…');
const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => ({}));

/** A token opens a cashier, and ids and addresses are long: none belongs in a picture. */
function readable(detail: unknown): string {
  const text = JSON.stringify(detail, (key, value: unknown) => (HIDDEN.includes(key) ? undefined : value));
  return text === '{}' ? '' : text;
}
