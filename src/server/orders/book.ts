/**
 * The order book: what the shop ordered, and what became of it. An implementation keeps orders and gives each of them
 * to one caller at a time; what may happen to an order is decided by the pure functions beside this file.
 */
import { KassaError } from '../../model/errors.ts';
import type { Order } from './order.ts';

/** `tx`: the database transaction that an order is changed in, for those books that have one. */
export interface OrderBook<Tx = undefined> {
  find(trackingId: string): Promise<Order | undefined>;

  /**
   * Gives the order, or `undefined` for a new one, to `work`, and keeps what `work` makes of it. Of one order, one
   * change at a time, in every instance that shares the book. All of it happens in one transaction, or none: when
   * `work` rejects, nothing is kept and the caller gets the rejection. The very order that was given means that there is
   * nothing to keep.
   *
   * When `signal` aborts while the change waits for its turn, or while `work` does, the change is given up: nothing is
   * kept, the next has its turn, and the caller gets the signal's reason.
   */
  change<Result>(trackingId: string, work: Work<Tx, Result>, options?: ChangeOptions): Promise<Result>;

  /**
   * Calls back with the order after changes of it, whichever instance made them, until the returned function is called.
   * Versions rise from call to call; of several changes in quick succession, only the newest may be told. What was
   * missed while a connection was lost is told when it is back.
   */
  subscribe(trackingId: string, listener: (order: Order) => void): () => void;

  /** Every order of which something may still become known (`openUntil` is later than `now`), the longest unchanged first. */
  unfinished(now: number): AsyncIterable<Order>;

  /** Runs `work`, unless the task of this name is at work already, in whichever instance. Answers whether it ran. */
  exclusively(task: string, work: () => Promise<void>): Promise<boolean>;

  /** Rejects when the book cannot be reached. */
  ping(): Promise<void>;
}

export type Work<Tx, Result> = (order: Order | undefined, tx: Tx) => Promise<Outcome<Result>>;

export interface Outcome<Result> {
  readonly order: Order | undefined;
  readonly result: Result;
}

export interface ChangeOptions {
  readonly signal?: AbortSignal;
}

/** The book holds as many open orders as it may. None of them is forgotten for a new one. */
export class BookFullError extends KassaError<'book-full'> {
  constructor(maxOrders: number) {
    super({
      code: 'book-full',
      message: `The order book holds ${maxOrders} open orders, and cannot take another.`,
      hint: 'The book in memory is for tests and small shops: keep orders in a database (kassa/postgres), or raise maxOrders.',
      retryable: true,
    });
  }
}
