/** One question to the shop's status route. */
import type { StatusReport } from '../../wire/session.ts';
import { readReport } from './report.ts';

export const ANSWER_WITHIN_MS = 10_000;

/** @throws Error when there is no answer in time, or none about this order */
export async function askStatus(url: string, trackingId: string, signal: AbortSignal): Promise<StatusReport> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return reportOf(await response.json(), trackingId);
}

/** @throws Error when it is something else */
export function reportOf(told: unknown, trackingId: string): StatusReport {
  const report = readReport(told);
  if (report?.trackingId !== trackingId) throw new Error('not a status report of this order');
  return report;
}
