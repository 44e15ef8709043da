/**
 * One order in several tabs of a browser. One tab at a time asks the backend, and tells the others; and one tab at a
 * time has the order open to be paid, because two open forms are two payments. Both are Web Locks, which end with the
 * tab that holds them, however it ends. Without them (an old browser) each tab is on its own, and the backend refuses.
 */
import type { StatusReport } from '../../wire/session.ts';
import type { CashierError } from '../errors.ts';
import type { Input } from '../machine/machine.ts';
import { startStatusFeed } from './feed.ts';
import { readReport } from './report.ts';

export interface FollowedOrder {
  /** Of the shop's status route. */
  readonly url: string;
  readonly trackingId: string;
  readonly send: (input: Input) => void;
  /** Where the cashier is: one that nobody can see keeps nobody from paying in another one. */
  readonly holder: Element;
  /** Passed in, so that this chunk shares no code with the file that fetches it. */
  readonly CashierError: typeof CashierError;
}

/** A lock that is free, or that this tab itself lets go of, is there long before; nobody pays within this time. */
const OCCUPIED_AFTER_MS = 1_000;
/** How the other tab's payment ended travels beside its lock. */
const SETTLES_WITHIN_MS = 500;

/** Starts at once; the returned function stops it for good. */
export function shareStatus(order: FollowedOrder): () => void {
  const stops = [shareReports(order), keepOtherTabsOut(order)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What a tab that has just come asks the one that knows. */
const QUESTION = 'what do you know?';

function shareReports({ url, trackingId, send, CashierError }: FollowedOrder): () => void {
  let channel: BroadcastChannel | undefined;
  let last: StatusReport | undefined;
  const take = (report: StatusReport): void => {
    last = report;
    send({ type: 'report', ...report });
  };
  const stopListening = whileShown(() => {
    if (!('BroadcastChannel' in globalThis)) return () => undefined;
    const opened = new BroadcastChannel(`kassa-status:${trackingId}`);
    channel = opened;
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      const report = readReport(data);
      if (report?.trackingId === trackingId) take(report);
      else if (data === QUESTION && last) opened.postMessage(last);
    };
    opened.postMessage(QUESTION);
    return () => {
      channel = undefined;
      opened.close();
    };
  });

  let isOver = false;
  let stopFeed = (): void => undefined;
  const feed = (): (() => void) => {
    if (isOver) return () => undefined;
    stopFeed = startStatusFeed({
      url,
      trackingId,
      onReport: (report) => {
        channel?.postMessage(report);
        take(report);
      },
      onUnreachable: () => send({ type: 'feed-error', error: CashierError.of('status-unreachable') }),
    });
    return stopFeed;
  };

  // A hidden tab asks nothing, so it must not be the one that asks for all.
  let release: (() => void) | undefined;
  const lead = (): void => {
    release?.();
    release = document.hidden ? undefined : hold(`kassa-status:${trackingId}`, feed);
  };
  document.addEventListener('visibilitychange', lead);
  lead();
  return () => {
    document.removeEventListener('visibilitychange', lead);
    isOver = true;
    stopListening();
    stopFeed();
    // A lock that is let go of may be with the next tab before the message is, and that tab would ask once more.
    if (last && last.status !== 'pending') setTimeout(() => release?.(), SETTLES_WITHIN_MS);
    else release?.();
  };
}

/** Styles change without a word. */
const LOOK_EVERY_MS = 250;

/** Only as long as it can be seen: of two cashiers on one page the visible one has the order, always. */
function keepOtherTabsOut(order: FollowedOrder): () => void {
  let stop: (() => void) | undefined;
  const look = (): void => {
    if (isSeen(order.holder)) stop ??= takeOrder(order);
    else {
      stop?.();
      stop = undefined;
    }
  };
  look();
  const looking = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(looking);
    stop?.();
  };
}

/** Where a browser or a unit test cannot say, it is seen. */
const isSeen = (holder: Partial<Element>): boolean =>
  holder.checkVisibility?.({ visibilityProperty: true }) ?? true;

function takeOrder({ trackingId, send, CashierError }: FollowedOrder): () => void {
  let isOccupied = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enter = (): (() => void) => {
    clearTimeout(timer);
    // The other tab is done or gone. Paid there, it is not asked for again: its outcome is known here by then.
    if (isOccupied) timer = setTimeout(() => send({ type: 'retry' }), SETTLES_WITHIN_MS);
    isOccupied = false;
    return () => clearTimeout(timer);
  };
  timer = setTimeout(() => {
    isOccupied = true;
    send({ type: 'occupied', error: CashierError.of('session-failed', { message: 'other-tab' }) });
  }, OCCUPIED_AFTER_MS);
  const release = hold(`kassa-order:${trackingId}`, enter);
  return () => {
    clearTimeout(timer);
    release();
  };
}

/** Waits for a lock, then does something for as long as it holds it, until the returned function is called. */
function hold(name: string, begin: () => () => void): () => void {
  return whileShown(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const held = (): Promise<void> => {
      const end = begin();
      return new Promise((done) => {
        signal.addEventListener('abort', () => {
          end();
          done();
        });
      });
    };
    const { locks } = navigator as Partial<Navigator>;
    if (locks) locks.request(name, { signal }, held).catch(() => undefined);
    else void held();
    return () => leaving.abort();
  });
}

/**
 * Does something at once, and undoes it when the page goes into the back/forward cache: a page that holds a lock is not
 * kept there, and one that gets a message is thrown out (measured in Chromium). It is done anew when the page is back.
 */
function whileShown(begin: () => () => void): () => void {
  let end: (() => void) | undefined = begin();
  const leave = (): void => {
    end?.();
    end = undefined;
  };
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) end ??= begin();
  };
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', back);
  return () => {
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', back);
    leave();
  };
}
