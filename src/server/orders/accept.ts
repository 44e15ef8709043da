/** What happens with an event: judged, handed to the shop, and written down, in one change of its order. */
import { KassaError } from '../../model/errors.ts';
import type { OrderBook } from './book.ts';
import { applied, decided, judge, statusWith, undecided, type Verdict } from './judge.ts';
import type { Decision, Order, OrderEvent, StatusChange } from './order.ts';
import { reportOf } from './reading.ts';

export type Acceptance =
  /** News, and the shop's handler ran. */
  | 'handled'
  /** Not what was ordered, and the shop has not accepted it. */
  | 'mismatch'
  /** Older than what is known. */
  | 'stale'
  | 'duplicate';

export interface HandlerContext<Tx> {
  /** The database transaction that records the change; `undefined` for the book in memory. */
  readonly tx: Tx;
  /** Aborts when the handler's time is spent: the change is then not recorded, and will be told again. */
  readonly signal: AbortSignal;
}

/** A handler that only tells somebody returns nothing. */
// oxlint-disable-next-line typescript/no-invalid-void-type -- `async () => { … }` is to be such a handler
type Undecided = void | undefined;

export interface Handlers<Tx> {
  readonly onStatus: (change: StatusChange, context: HandlerContext<Tx>) => Promise<void> | void;
  readonly onMismatch: (
    change: StatusChange,
    order: Order | undefined,
    context: HandlerContext<Tx>,
  ) => Promise<Decision | Undecided> | Decision | Undecided;
}

export interface Acceptor<Tx> {
  readonly book: OrderBook<Tx>;
  readonly handlers: Handlers<Tx>;
  /** How long a change may take, the shop's handlers and the wait for earlier changes of the order included. */
  readonly deadlineMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A handler that takes too long keeps its order from all that comes after; it is given up, and told again. */
export class HandlerTimeoutError extends KassaError<'handler-timeout'> {
  constructor(trackingId: string, deadlineMs: number) {
    super({
      code: 'handler-timeout',
      message: `Order ${trackingId}: a change was not handled within ${deadlineMs / 1_000} s.`,
      hint: 'onStatus or onMismatch did not settle. The change is not recorded, and the gateway will deliver it again. Do slow work elsewhere, or raise handlerTimeoutMs.',
      retryable: true,
    });
  }
}

/** Rejects, with nothing recorded, when a handler does or its time is spent. */
export function accept<Tx>(event: OrderEvent, acceptor: Acceptor<Tx>): Promise<Acceptance> {
  const { book, handlers, now } = acceptor;
  return withinDeadline(event.trackingId, acceptor, (signal) =>
    book.change(
      event.trackingId,
      async (order, tx) => {
        const judged = judge(order, event);
        if (judged.verdict === 'duplicate') return { order, result: judged.verdict };
        const { decision, result } = await handle(judged, order, handlers, { tx, signal });
        const { mismatch } = 'change' in judged ? judged.change : {};
        const at = { now: now(), ...(mismatch && { mismatch }), ...(decision && { decision }) };
        // What an unknown word or a failure differs in was nobody's to decide.
        return { order: applied(order, event, at), result };
      },
      { signal },
    ),
  );
}

async function handle<Tx>(
  judged: Exclude<Verdict, { readonly verdict: 'duplicate' }>,
  order: Order | undefined,
  { onStatus, onMismatch }: Handlers<Tx>,
  context: HandlerContext<Tx>,
): Promise<{ readonly decision?: Decision; readonly result: Acceptance }> {
  if (judged.verdict === 'stale') return { result: 'stale' };
  if (judged.verdict === 'new') {
    await onStatus(judged.change, context);
    return { result: 'handled' };
  }
  const decision = (await onMismatch(judged.change, order, context)) ?? undefined;
  if (decision !== 'accept') return { result: 'mismatch', ...(decision && { decision }) };
  const { change } = judged;
  const mismatch = change.mismatch ?? [];
  await onStatus({ ...change, orderStatus: statusWith(order, change, { mismatch, decision }) }, context);
  return { result: 'handled', decision };
}

/**
 * The shop's word on a transaction that did not match its order, once somebody has looked. Answers whether there was
 * something to decide.
 */
export function decide<Tx>(
  { trackingId, transactionId }: { readonly trackingId: string; readonly transactionId: string },
  decision: Decision,
  acceptor: Acceptor<Tx>,
): Promise<boolean> {
  const { book, handlers, now } = acceptor;
  return withinDeadline(trackingId, acceptor, (signal) =>
    book.change(
      trackingId,
      async (order, tx) => {
        const state = undecided(order, transactionId);
        if (!order || !state) return { order, result: false };
        const next = decided(order, transactionId, state, { now: now(), decision });
        if (decision === 'accept') {
          const { version: _version, at: _at, ...said } = state;
          const orderStatus = reportOf(next).status;
          await handlers.onStatus({ ...said, trackingId, transactionId, orderStatus }, { tx, signal });
        }
        return { order: next, result: true };
      },
      { signal },
    ),
  );
}

async function withinDeadline<T>(
  trackingId: string,
  { deadlineMs }: Pick<Acceptor<never>, 'deadlineMs'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new HandlerTimeoutError(trackingId, deadlineMs)), deadlineMs);
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}
