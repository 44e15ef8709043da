/** A cashier on the test's page, and a hosted page of another site inside it. */
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import '../../src/element/define.ts';
import type { KassaEventMap } from '../../src/element/events.ts';
import type { Behaviour } from '../../src/protocol/kit/frames.ts';
import type { Session } from '../../src/wire/session.ts';

/** The same server under a name of another site: its frame is cross-site, in a process of its own. */
export const OTHER_SITE = `http://127.0.0.1:${location.port}`;

export function sessionWith(behaviour: Behaviour, more: Partial<Session> = {}): Session {
  return {
    token: `token-${behaviour}`,
    flow: 'deposit',
    trackingId: 'order-1',
    cashierUrl: `${OTHER_SITE}/test/fixtures/frames/hosted.html?behaviour=${behaviour}`,
    ...more,
  };
}

/** A status route that behaves so, `status-routes.ts`. */
export const statusUrl = (behaviour: string, trackingId: string): string =>
  `${location.origin}/status/${behaviour}/${trackingId}`;

/** How often such routes were asked for an order. */
export async function timesAsked(trackingId: string): Promise<number> {
  const { times } = (await (await fetch(statusUrl('count', trackingId))).json()) as { times: number };
  return times;
}

export async function mount(
  session: KassaCashier['session'],
  set: (cashier: KassaCashier) => void = () => undefined,
): Promise<KassaCashier> {
  const cashier = document.createElement('kassa-cashier');
  cashier.session = session;
  set(cashier);
  document.body.append(cashier);
  await cashier.updateComplete;
  return cashier;
}

/** The next event of this name, or a clear failure. */
export function next<K extends keyof KassaEventMap>(
  cashier: HTMLElement,
  name: K,
  withinMs = 10_000,
): Promise<KassaEventMap[K]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name} within ${withinMs} ms`)), withinMs);
    cashier.addEventListener(
      name,
      (event) => {
        clearTimeout(timer);
        resolve(event);
      },
      { once: true },
    );
  });
}

export function frameOf(cashier: KassaCashier): HTMLIFrameElement {
  const frame = cashier.renderRoot.querySelector('iframe');
  if (!frame) throw new Error('the cashier has no frame');
  return frame;
}

/** Makes the hosted page say something over the protocol, or shout past it. */
export function order(cashier: KassaCashier, command: { say?: readonly unknown[]; shout?: unknown }): void {
  frameOf(cashier).contentWindow?.postMessage(command, OTHER_SITE);
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  withinMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never came true: ${what}`);
    await wait(10);
  }
}

/** Takes every cashier away, as after each test. */
export function clear(): void {
  document.body.replaceChildren();
}
