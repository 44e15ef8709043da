/** A cashier on the test's page, and a hosted page of another site inside it. */
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import '../../src/element/define.ts';
import type { KassaEventMap } from '../../src/element/events.ts';
import type { Behaviour } from '../../src/protocol/kit/frames.ts';
import type { Session } from '../../src/wire/session.ts';
import { PATIENCE_MS, until } from '../patience.ts';

export { until };

/** The same server under a name of another site: its frame is cross-site, in a process of its own. */
export const OTHER_SITE = `http://127.0.0.1:${location.port}`;

/**
 * An inline cashier is a group, whatever element it is made of: a dialog that is announced in the middle of a page would
 * tell its reader to look for a way out. The rule knows only what is advised for `<dialog>`.
 */
export const ACCESSIBLE = { ignoredRules: ['aria-allowed-role'] };

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
  cashier.timeoutMs = PATIENCE_MS;
  set(cashier);
  document.body.append(cashier);
  await cashier.updateComplete;
  return cashier;
}

/** The next event of this name, or a clear failure. */
export function next<K extends keyof KassaEventMap>(
  cashier: HTMLElement,
  name: K,
): Promise<KassaEventMap[K]> {
  return new Promise((resolve, reject) => {
    const tooLate = (): void => reject(new Error(`no ${name} within ${PATIENCE_MS} ms`));
    const timer = setRealTimeout(tooLate, PATIENCE_MS);
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

interface Command {
  readonly say?: readonly unknown[];
  readonly shout?: unknown;
  readonly storm?: string;
  readonly times?: number;
  readonly tell?: 'focus';
}

/** Makes the hosted page say something over the protocol, shout past it, or tell about itself. */
export function order(cashier: KassaCashier, command: Command): void {
  frameOf(cashier).contentWindow?.postMessage(command, OTHER_SITE);
}

let rounds = 0;

/**
 * Until the hosted page has done all that it was ordered, and the cashier has heard all that it said, past the protocol
 * and over it: what was to be ignored has been ignored by then.
 */
export async function allHeard(cashier: KassaCashier): Promise<void> {
  rounds += 1;
  const last = `round ${rounds}`;
  const shouted = new Promise<void>((resolve) => {
    const listen = ({ data }: MessageEvent<{ fixture?: unknown }>): void => {
      if (data.fixture !== last) return;
      window.removeEventListener('message', listen);
      resolve();
    };
    window.addEventListener('message', listen);
  });
  const says = (): number => cashier.diagnostics().filter(({ what }) => what === 'frame: method').length;
  const before = says();
  const isConnected = cashier.diagnostics().some(({ what }) => what.startsWith('hello'));
  order(cashier, { say: ['method', { kind: last }], shout: { fixture: last } });
  await shouted;
  if (isConnected) await until(() => says() > before, 'the last word over the port');
}

/** Until what was changed has been laid out and painted. */
export async function painted(): Promise<void> {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
}

/**
 * A while in which something must not happen. Nothing says that it will not, so there is no condition to wait for; on a
 * slow machine this can overlook a fault, and never make one up.
 */
export const aWhile = (ms = 200): Promise<void> => new Promise((resolve) => setRealTimeout(resolve, ms));

const setRealTimeout = window.setTimeout.bind(window);
const clearRealTimeout = window.clearTimeout.bind(window);
const realNow = performance.now.bind(performance);
const LONGEST_TIMER_MS = 2_147_483_647;

/** From now until `clear`, each timer of the page takes what `change` makes of its milliseconds; `Infinity` is never. */
export function changeTime(change: (ms: number) => number): void {
  window.setTimeout = ((run: () => void, ms = 0) =>
    setRealTimeout(run, Math.min(change(ms), LONGEST_TIMER_MS))) as typeof window.setTimeout;
}

/**
 * From now until `clear`, who asks a backend again and again (`polling.ts`) does so in no time. How long an answer may take
 * is as ever.
 */
export const askQuickly = (): void => changeTime((ms) => (ms >= 800 && ms <= 3_600 ? ms / 20 : ms));

/**
 * From now until `clear`, timers of these lengths end when the test says so: what is returned ends those of one length
 * that are still waited for, and answers how many.
 */
export function holdTimers(...lengths: readonly number[]): (length: number) => number {
  const held = new Map<number, { readonly length: number; readonly run: () => void }>();
  window.setTimeout = ((run: () => void, ms = 0) => {
    // One that looks at the clock has lost a little of its time by then.
    const length = lengths.find((it) => ms <= it && ms > it - 100);
    const id = setRealTimeout(run, length === undefined ? ms : LONGEST_TIMER_MS);
    if (length !== undefined) held.set(id, { length, run });
    return id;
  }) as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    held.delete(Number(id));
    clearRealTimeout(id);
  };
  return (length) => {
    const due = [...held].filter(([, timer]) => timer.length === length);
    for (const [id, { run }] of due) {
      window.clearTimeout(id);
      run();
    }
    return due.length;
  };
}

/** From now until `clear`, the clock that nobody can set is so much further. */
export function leap(ms: number): void {
  performance.now = () => realNow() + ms;
}

/** From now until `clear`, the page lives so many times as fast, by its timers and by the clock that nobody can set. */
export function hurry(times: number): void {
  const from = realNow();
  performance.now = () => from + (realNow() - from) * times;
  changeTime((ms) => ms / times);
}

let untilCleared = new AbortController();

/**
 * From now until `clear`, the clock that nobody can set goes on by what is given to the returned function alone, and what
 * the shopper presses is dated by it.
 */
export function stopClock(): (ms: number) => void {
  let at = realNow();
  performance.now = () => at;
  const date = (event: Event): void => void Object.defineProperty(event, 'timeStamp', { value: at });
  for (const type of ['pointerdown', 'click'])
    window.addEventListener(type, date, { capture: true, signal: untilCleared.signal });
  return (ms) => {
    at += ms;
  };
}

/** Takes every cashier away and gives the page its own time back, as after each test. */
export function clear(): void {
  window.setTimeout = setRealTimeout;
  window.clearTimeout = clearRealTimeout;
  performance.now = realNow;
  untilCleared.abort();
  untilCleared = new AbortController();
  document.body.replaceChildren();
}
