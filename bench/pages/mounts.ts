/** Frames on a page, so many at once or after one another; the first two are the floors of the third. */
import type { BenchWindow } from './window.ts';

type Mount = (onReady: () => void) => () => void;

export interface MountsWindow extends BenchWindow {
  benchMountAll: (name: string, count: number) => Promise<number>;
  benchCycle: (name: string, count: number) => Promise<void>;
}
const bench = window as unknown as MountsWindow;

const bareUrl = `${bench.benchFrame}#bare=${encodeURIComponent(location.origin)}`;

/** As an element without a library does it, which takes its listener away with it. */
class BareElement extends HTMLElement {
  readonly #frame = document.createElement('iframe');
  readonly #hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source !== this.#frame.contentWindow || origin !== new URL(bareUrl).origin) return;
    if (data === 'ready') this.dispatchEvent(new Event('ready'));
  };

  connectedCallback(): void {
    this.#frame.src = bareUrl;
    addEventListener('message', this.#hear);
    (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).append(this.#frame);
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#hear);
  }
}
customElements.define('bare-element', BareElement);

let orders = 0;

const MOUNTS: Readonly<Record<string, Mount>> = {
  'bare iframe'(onReady) {
    const frame = document.createElement('iframe');
    frame.src = bareUrl;
    const hear = ({ source, data }: MessageEvent<unknown>): void => {
      if (source === frame.contentWindow && data === 'ready') onReady();
    };
    addEventListener('message', hear);
    document.body.append(frame);
    return () => {
      removeEventListener('message', hear);
      frame.remove();
    };
  },
  'bare element'(onReady) {
    const element = document.createElement('bare-element');
    element.addEventListener('ready', onReady);
    document.body.append(element);
    return () => element.remove();
  },
  kassa(onReady) {
    const cashier = document.createElement('kassa-cashier');
    orders += 1;
    const trackingId = `bench-${orders}`;
    cashier.session = { token: 'bench', flow: 'deposit', trackingId, cashierUrl: bench.benchFrame };
    cashier.addEventListener('kassa-ready', onReady);
    document.body.append(cashier);
    return () => cashier.remove();
  },
};

const mount = (name: string, onReady: () => void): (() => void) =>
  MOUNTS[name]?.(onReady) ?? (() => undefined);

/** Milliseconds until all of them are ready. They stay. */
bench.benchMountAll = async (name, count) => {
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: count }, () => new Promise<void>((resolve) => void mount(name, resolve))),
  );
  return performance.now() - startedAt;
};

const LANES = 4;

/** Each is ready before it is taken away; so many are there at once, as a frame waits more than it works. */
bench.benchCycle = async (name, count) => {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      let unmount = (): void => undefined;
      await new Promise<void>((resolve) => (unmount = mount(name, resolve)));
      unmount();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
};
