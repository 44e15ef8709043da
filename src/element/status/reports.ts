/**
 * The backend's word about an order, for every cashier of it on this page. Of all pages of the browser one asks, as long
 * as it is shown, and gives the others the hint to ask too. Without Web Locks each page asks for itself.
 */
import type { StatusReport } from '../../wire/session.ts';
import type { Input } from '../machine/machine.ts';
import { startStatusFeed } from './feed.ts';
import { openHintChannel } from './hint-channel.ts';
import { followHints } from './hints.ts';
import { hold } from './hold.ts';
import { askStatus } from './question.ts';
import type { FollowedOrder } from './order.ts';

interface Page {
  /** Who is told. */
  readonly orders: Set<FollowedOrder>;
  last?: StatusReport;
  stop: () => void;
}

/** By order and route: each cashier believes its own route alone. */
const pages = new Map<string, Page>();

/** Starts at once; the returned function stops it for good. */
export function shareReports(order: FollowedOrder): () => void {
  const key = `${order.trackingId} ${order.url}`;
  const page = pages.get(key) ?? startPage(order);
  pages.set(key, page);
  page.orders.add(order);
  if (page.last) order.send({ type: 'report', ...page.last });
  return () => {
    page.orders.delete(order);
    if (page.orders.size > 0 || pages.get(key) !== page) return;
    pages.delete(key);
    page.stop();
  };
}

/** A lock that is let go of may be with the next page before the hint is, and that page would ask twice. */
const SETTLES_WITHIN_MS = 500;

function startPage({ url, trackingId, CashierError }: FollowedOrder): Page {
  const name = `kassa-status:${trackingId}`;
  const page: Page = { orders: new Set(), stop: () => undefined };
  let stopFeed: (() => void) | undefined;
  let isOver = false;

  const send = (input: Input): void => {
    for (const order of [...page.orders]) order.send(input);
  };
  /** Answers whether it is news; other pages hear of it before this one may be done. */
  const take = (report: StatusReport, tellOthers = false): boolean => {
    const isNews = !isSame(report, page.last);
    page.last = report;
    if (isNews && tellOthers) channel.tell(report.rawStatus);
    send({ type: 'report', ...report });
    return isNews;
  };
  const hints = followHints({
    ask: async (signal) => stopFeed === undefined && take(await askStatus(url, trackingId, signal)),
    others: () => countWaiting(name),
  });
  const channel = openHintChannel({
    name,
    answer: () => stopFeed && page.last?.rawStatus,
    onHint: (rawStatus) => {
      if (!stopFeed && rawStatus !== page.last?.rawStatus) hints.take();
    },
  });
  const lead = (): (() => void) => {
    if (isOver) return () => undefined;
    const stop = startStatusFeed({
      url,
      trackingId,
      onReport: (report) => take(report, true),
      onUnreachable: () => send({ type: 'feed-error', error: CashierError.of('status-unreachable') }),
    });
    return (stopFeed = () => {
      stopFeed = undefined;
      stop();
    });
  };

  // A hidden page asks nothing, so it must not be the one that asks for all.
  let release: (() => void) | undefined;
  const apply = (): void => {
    release?.();
    release = document.hidden ? undefined : hold(name, lead);
  };
  document.addEventListener('visibilitychange', apply);
  apply();

  page.stop = () => {
    document.removeEventListener('visibilitychange', apply);
    isOver = true;
    hints.stop();
    channel.stop();
    stopFeed?.();
    if (page.last && page.last.status !== 'pending') setTimeout(() => release?.(), SETTLES_WITHIN_MS);
    else release?.();
  };
  return page;
}

const isSame = (one: StatusReport, other: StatusReport | undefined): boolean =>
  one.status === other?.status &&
  one.rawStatus === other.rawStatus &&
  one.transactionId === other.transactionId;

/** How many other pages wait to be the one that asks: as many as a hint makes ask. */
async function countWaiting(name: string): Promise<number> {
  const { pending = [] } = await navigator.locks.query();
  return pending.filter((lock) => lock.name === name).length - 1;
}
