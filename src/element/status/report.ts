/** What the shop's status route says, judged. By hand: a table would share its module with the file that fetches this one. */
import type { StatusReport } from '../../wire/session.ts';

const STATUSES: readonly StatusReport['status'][] = ['pending', 'succeeded', 'failed'];

/** A test holds it against the schema in `wire/session.ts`, which would bring zod along. */
export function readReport(value: unknown): StatusReport | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const told: Partial<Record<keyof StatusReport, unknown>> = value;
  const { trackingId, rawStatus, transactionId, reason } = told;
  const status = STATUSES.find((known) => known === told.status);
  if (!status || !isText(trackingId, 256) || !isText(rawStatus, 64)) return undefined;
  return {
    trackingId,
    status,
    rawStatus,
    ...(isText(transactionId, 128) && { transactionId }),
    ...(isText(reason, 500) && { reason }),
  };
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest;
