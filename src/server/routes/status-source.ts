/**
 * Where the status of an order comes from: the inbox first, and while that knows no end, the gateway itself. So the
 * truth arrives even when a webhook never does. Questions are few: one per order in five seconds, twenty in all in ten.
 */
import { isFinal } from '../../model/statuses.ts';
import type { StatusReport } from '../../wire/session.ts';
import type { Gateway } from '../gateway/client.ts';
import type { Inbox, KnownStatus } from '../inbox/inbox.ts';

const PER_ORDER_MS = 5_000;
const WINDOW_MS = 10_000;
const PER_WINDOW = 20;
const MAX_REMEMBERED = 1_000;

export interface StatusSource {
  /**
   * What cannot be learnt now is reported as pending, never as failed; it rejects only when the inbox does. `after` is
   * the version of a declined payment that an earlier session ended with; only what is newer counts.
   */
  report(trackingId: string, after?: number): Promise<StatusReport>;
}

/** What is known of an order, unless it belongs to an earlier session. */
export function newerThan(known: KnownStatus | undefined, after: number): KnownStatus | undefined {
  return known && known.version > after ? known : undefined;
}

export function createStatusSource(gateway: Gateway, inbox: Inbox, now: () => number): StatusSource {
  const asked = new Map<string, { readonly at: number; readonly answer: Promise<StatusReport> }>();
  let recent: readonly number[] = [];

  async function report(trackingId: string, after = 0): Promise<StatusReport> {
    const known = newerThan(await inbox.find(trackingId), after);
    if (known && isFinal(known.status)) return toReport(known);
    const nothingNew = known ? toReport(known) : { trackingId, status: 'pending' as const, rawStatus: '' };
    const answer = await askGateway(trackingId, nothingNew);
    // The webhook may have come while the gateway was asked; it knows more.
    const newer = newerThan(await inbox.find(trackingId), after);
    if (newer && isFinal(newer.status)) return toReport(newer);
    // The gateway answers for the order, not for an attempt: its "rejected" may be the earlier one's.
    return after > 0 && answer.status === 'failed' ? nothingNew : answer;
  }

  function askGateway(trackingId: string, fallback: StatusReport): Promise<StatusReport> {
    const time = now();
    const last = asked.get(trackingId);
    if (last && time - last.at < PER_ORDER_MS) return last.answer;
    recent = recent.filter((at) => time - at < WINDOW_MS);
    if (recent.length >= PER_WINDOW) return Promise.resolve(fallback);
    recent = [...recent, time];
    const answer = gateway.getStatus({ trackingId }).then(
      ({ status, rawStatus, reason }) => ({
        ...fallback,
        status,
        rawStatus,
        ...(reason !== undefined && { reason }),
      }),
      // Not found yet, or no answer: neither says anything about money.
      () => fallback,
    );
    asked.delete(trackingId);
    asked.set(trackingId, { at: time, answer });
    const [oldest] = asked.keys();
    if (asked.size > MAX_REMEMBERED && oldest !== undefined) asked.delete(oldest);
    return answer;
  }

  return { report };
}

export function toReport({
  trackingId,
  transactionId,
  status,
  rawStatus,
  reason,
}: KnownStatus): StatusReport {
  return { trackingId, transactionId, status, rawStatus, ...(reason !== undefined && { reason }) };
}
