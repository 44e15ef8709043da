/**
 * One page at a time has an order open to be paid, because two open forms are two payments. Where there are no Web Locks
 * (an old browser) each page is on its own, and the backend refuses.
 */
import { hold } from './hold.ts';
import { askStatus } from './question.ts';
import type { FollowedOrder } from './order.ts';

/** A lock that is free, or that this tab itself lets go of, is there long before; nobody pays within this time. */
const OCCUPIED_AFTER_MS = 1_000;

/** Styles change without a word. */
const LOOK_EVERY_MS = 250;

/** Only as long as it can be seen: of two cashiers on one page the visible one has the order, always. */
export function keepOtherTabsOut(order: FollowedOrder): () => void {
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

function takeOrder({ url, trackingId, send, CashierError }: FollowedOrder): () => void {
  const name = `kassa-order:${trackingId}`;
  let isWaiting = true;
  let isOccupied = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopWaiting = (): void => {
    isWaiting = false;
    clearTimeout(timer);
  };
  const enter = (): (() => void) => {
    stopWaiting();
    const leaving = new AbortController();
    if (isOccupied) void openAfterAll(leaving.signal);
    isOccupied = false;
    return () => leaving.abort();
  };
  /** The other page is done or gone. What was paid there is not asked for again, so that is what is asked first. */
  const openAfterAll = async (signal: AbortSignal): Promise<void> => {
    const report = await askStatus(url, trackingId, signal).catch(() => undefined);
    if (signal.aborted) return;
    if (report) send({ type: 'report', ...report });
    send({ type: 'retry' });
  };
  /** A lock that nobody has may come late, on a page or in a browser that is busy. */
  const look = async (): Promise<void> => {
    const isTaken = await isHeld(name);
    if (!isWaiting) return;
    if (!isTaken) {
      lookSoon();
      return;
    }
    isOccupied = true;
    send({ type: 'occupied', error: CashierError.of('session-failed', { message: 'other-tab' }) });
  };
  const lookSoon = (): void => {
    timer = setTimeout(() => void look(), OCCUPIED_AFTER_MS);
  };
  lookSoon();
  const release = hold(name, enter);
  return () => {
    stopWaiting();
    release();
  };
}

/** Where a browser does not tell, each page is on its own. */
const isHeld = (name: string): Promise<boolean> =>
  navigator.locks.query().then(
    ({ held = [] }) => held.some((lock) => lock.name === name),
    () => false,
  );
