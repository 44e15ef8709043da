/**
 * Where verified webhooks come in. Deliveries repeat, cross and arrive late; what the shop's handler sees is each
 * change once, and never a step back.
 */
import { isFinal, type Status } from '../../model/statuses.ts';
import type { WebhookEvent } from '../gateway/webhooks.ts';

/** One change of a transaction, as the shop's handler gets it. */
export interface StatusChange extends Omit<WebhookEvent, 'raw'> {
  /** What was known before, if anything was. */
  readonly previous?: Status;
}

/** The newest that is known of an order. */
export interface KnownStatus {
  readonly trackingId: string;
  readonly transactionId: string;
  readonly status: Status;
  readonly rawStatus: string;
  readonly reason?: string;
  /**
   * Rises with each change of this order: the id of server-sent events. It is the time of the change, or one more than
   * the last, so that it rises on after a restart that forgot the order.
   */
  readonly version: number;
}

export type Acceptance =
  /** New, and handled. */
  | 'handled'
  /** The same change again. */
  | 'duplicate'
  /** Older than what is known: a pending after its end. */
  | 'stale'
  /** A second, different end of one transaction; recorded as a warning, never applied. */
  | 'contradiction';

/** Keeps what is known; in memory here, in a database for several instances. */
export interface Inbox {
  /** Runs `handle` once for a change; when it throws, the claim is given back and the error goes to the caller. */
  accept(event: WebhookEvent, handle: (change: StatusChange) => Promise<void> | void): Promise<Acceptance>;
  find(trackingId: string): Promise<KnownStatus | undefined>;
  /** Calls back on each change of an order until the returned function is called. */
  subscribe(trackingId: string, listener: (known: KnownStatus) => void): () => void;
}

/** Judges an event against the newest of its transaction. Pending ranks below final, and nothing leaves a final state. */
export function judge(
  event: Pick<WebhookEvent, 'status' | 'rawStatus'>,
  newest: Pick<KnownStatus, 'status' | 'rawStatus'> | undefined,
): Exclude<Acceptance, 'handled'> | 'new' {
  if (!newest) return 'new';
  if (event.rawStatus === newest.rawStatus) return 'duplicate';
  if (!isFinal(newest.status)) return 'new';
  return isFinal(event.status) ? 'contradiction' : 'stale';
}
