/**
 * `GET health`: whether this instance can do its work. Without the book it cannot, and a load balancer should look for
 * another; without the gateway no other could either, so that is said and changes nothing.
 */
import type { OrderBook } from '../orders/book.ts';
import { json } from './answers.ts';

/** What a health route answers, and nothing about where anything is. */
export interface Health {
  readonly status: 'ok' | 'failing';
  readonly book: 'ok' | 'unreachable';
  /** As the newest question to it told; `unknown` before the first. */
  readonly gateway: 'ok' | 'unreachable' | 'unknown';
}

const WITHIN_MS = 2_000;
/** Whoever asks often gets the same answer: the route is open to all. */
const GOOD_FOR_MS = 1_000;

export type AskHealth = () => Promise<Health>;

interface Asked {
  readonly at: number;
  readonly answer: Promise<Health>;
}

interface Watched {
  readonly book: Pick<OrderBook<unknown>, 'ping'>;
  readonly reachability: () => Health['gateway'];
}

export function createHealth(watched: Watched): AskHealth {
  let last: Asked | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > GOOD_FOR_MS) last = { at: now, answer: ask(watched) };
    return last.answer;
  };
}

async function ask({ book, reachability }: Watched): Promise<Health> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MS);
  });
  const isThere = await Promise.race([
    book.ping().then(
      () => true,
      () => false,
    ),
    late,
  ]);
  clearTimeout(timer);
  return {
    status: isThere ? 'ok' : 'failing',
    book: isThere ? 'ok' : 'unreachable',
    gateway: reachability(),
  };
}

export async function tellHealth(
  _request: Request,
  { health }: { readonly health: AskHealth },
): Promise<Response> {
  const told = await health();
  return json(told, told.status === 'ok' ? 200 : 503);
}
