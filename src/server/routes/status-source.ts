/**
 * Where the status of an order is learnt: from the book first, and while that knows no end, from the gateway itself. So
 * the truth arrives even when a webhook never does. Pages cost the gateway little: one question per order in five
 * seconds, twenty in all in ten, and none for an id that was never minted (the status URL is signed).
 */
import { isApiError } from '../errors.ts';
import type { StatusReport } from '../../wire/session.ts';
import type { Gateway } from '../gateway/operations.ts';
import type { OrderBook } from '../orders/book.ts';
import { eventOf, type GatewayWord, isSettled, weigh } from '../orders/listed.ts';
import type { Order } from '../orders/order.ts';
import { reportOf } from '../orders/reading.ts';

const PER_ORDER_MS = 5_000;
const WINDOW_MS = 10_000;
const PER_WINDOW = 20;
const MAX_REMEMBERED = 1_000;
/** Before a failure is told, another attempt that nobody has heard of is looked for; so long. */
const DOUBTED_MS = 3_000;
const DAY_MS = 86_400_000;
/** The list is asked for by days, a week at most in one question. */
const LISTED_DAYS = 6;

export interface StatusSource {
  /**
   * What cannot be learnt now is reported as pending, never as failed; it rejects only when the book does. `after` is
   * the version of the opening that the page follows.
   */
  report(trackingId: string, after?: number): Promise<StatusReport>;
  /** What the gateway knows of an order, asked for now; `undefined` when it knows none. @throws ApiError */
  consult(trackingId: string, order: Order | undefined): Promise<GatewayWord | undefined>;
}

interface SourceOptions {
  readonly gateway: Gateway;
  readonly book: Pick<OrderBook<unknown>, 'find'>;
  readonly now: () => number;
  /** Told of each failure to learn about an order once. */
  readonly tell: (error: unknown) => void;
}

interface Asked {
  readonly at: number;
  /** Of the order when it was asked about: an answer older than what the book knows says nothing about it. */
  readonly version: number;
  readonly answer: Promise<GatewayWord | undefined>;
}

export function createStatusSource({ gateway, book, now, tell }: SourceOptions): StatusSource {
  const asked = new Map<string, Asked>();
  /** By order and code: a gateway that is down for an hour is one fault. */
  const told = new Set<string>();
  let recent: readonly number[] = [];

  async function consult(trackingId: string, order: Order | undefined): Promise<GatewayWord | undefined> {
    try {
      const { status, rawStatus, reason } = await gateway.getStatus({ trackingId });
      const word = { status, rawStatus, ...(reason !== undefined && { reason }) };
      // Only an end needs to be known as exactly as the rows tell it.
      return { ...word, rows: status === 'pending' ? [] : await rowsOf(trackingId, order) };
    } catch (error) {
      if (isApiError(error) && error.kind === 'not-found') return undefined;
      throw error;
    }
  }

  async function rowsOf(trackingId: string, order: Order | undefined): Promise<GatewayWord['rows']> {
    const today = now();
    const first = Math.max(order?.openings[0]?.at ?? today - DAY_MS, today - LISTED_DAYS * DAY_MS);
    try {
      const rows = await gateway.listTransactions({ from: dayOf(first), to: dayOf(today) });
      return rows.flatMap((row) => eventOf(row) ?? []).filter((event) => event.trackingId === trackingId);
    } catch (error) {
      tellOnce(trackingId, error);
      return [];
    }
  }

  async function report(trackingId: string, after = 0): Promise<StatusReport> {
    const order = await book.find(trackingId);
    const known = order ? reportOf(order, after) : undefined;
    if (known && isSettled(known)) return known;
    // A failure that the book knows is only held back for a short while by a gateway that does not answer.
    const asking = ask(trackingId, order);
    const word = await (known?.status === 'failed' ? within(asking, DOUBTED_MS) : asking);
    // The webhook may have come while the gateway was asked; it knows more.
    const newer = await book.find(trackingId);
    if (word) return weigh(newer, word, { trackingId, after, now: now() });
    return newer ? reportOf(newer, after) : { trackingId, status: 'pending', rawStatus: '' };
  }

  function ask(trackingId: string, order: Order | undefined): Promise<GatewayWord | undefined> {
    const time = now();
    const version = order?.version ?? 0;
    const last = asked.get(trackingId);
    if (last?.version === version && time - last.at < PER_ORDER_MS) return last.answer;
    recent = recent.filter((at) => time - at < WINDOW_MS);
    if (recent.length >= PER_WINDOW) return Promise.resolve(undefined);
    recent = [...recent, time];
    // Not found yet, or no answer: neither says anything about money.
    const answer = consult(trackingId, order).catch((error: unknown) => tellOnce(trackingId, error));
    asked.delete(trackingId);
    asked.set(trackingId, { at: time, version, answer });
    const [oldest] = asked.keys();
    if (asked.size > MAX_REMEMBERED && oldest !== undefined) asked.delete(oldest);
    return answer;
  }

  function tellOnce(trackingId: string, error: unknown): undefined {
    const key = `${isApiError(error) ? error.code : ''} ${trackingId}`;
    if (told.has(key)) return;
    if (told.size >= MAX_REMEMBERED) told.clear();
    told.add(key);
    tell(error);
  }

  return { report, consult };
}

/** What is waited for, or nothing when it does not come in time. */
async function within<T>(waited: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([waited, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** ISO 8601, in UTC. */
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
