/**
 * Hears the backend's word on a payment: server-sent events, and polling where they do not come through. It asks at
 * once when the browser is online again. Who starts it stops it while the page is hidden (`reports.ts`).
 */
import { pauseAfter } from '../../model/polling.ts';
import type { StatusReport } from '../../wire/session.ts';
import { ANSWER_WITHIN_MS, askStatus, reportOf } from './question.ts';

/** One failure is a hiccup; this many in a row are news. */
const FAILURES_BEFORE_NEWS = 3;

export interface StatusFeedOptions {
  readonly url: string;
  readonly trackingId: string;
  readonly onReport: (report: StatusReport) => void;
  /** The route failed several times in a row; it is asked on. Told once for each outage. */
  readonly onUnreachable: () => void;
}

/** Starts at once; the returned function stops it for good. */
export function startStatusFeed({ url, trackingId, onReport, onUnreachable }: StatusFeedOptions): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let failures = 0;
  let asked = 0;
  /** Whether a stream ever opened: a route that has none is only polled. */
  let streams = 'EventSource' in globalThis;

  const take = (report: StatusReport): void => {
    failures = 0;
    onReport(report);
  };

  const listen = (): void => {
    let opened = false;
    const stream = new EventSource(url);
    source = stream;
    // One that hangs is no better than one that fails: the schedule goes on.
    clearTimeout(timer);
    timer = setTimeout(() => stream.dispatchEvent(new Event('error')), ANSWER_WITHIN_MS);
    stream.onopen = () => {
      clearTimeout(timer);
      opened = true;
      failures = 0;
      asked = 0;
    };
    stream.addEventListener('status', ({ data }: MessageEvent<string>) => {
      try {
        take(reportOf(JSON.parse(data), trackingId));
      } catch {
        // A line that is not ours says nothing; the next one may.
      }
    });
    stream.onerror = () => {
      // The browser would knock every two seconds, for ever; the schedule below is kinder to a shop that is down.
      stream.close();
      streams = opened;
      later();
    };
  };

  const ask = async (): Promise<void> => {
    const question = new AbortController();
    asking = question;
    try {
      const report = await askStatus(url, trackingId, question.signal);
      if (asking !== question) return;
      take(report);
      // What was heard may have ended the feed.
      if (asking !== question) return;
      if (streams) listen();
      else later();
    } catch {
      if (asking !== question) return;
      failures += 1;
      if (failures === FAILURES_BEFORE_NEWS) onUnreachable();
      later();
    }
  };

  const later = (): void => {
    const pause = pauseAfter(asked, Math.random);
    asked += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), pause);
  };

  const rest = (): void => {
    clearTimeout(timer);
    const question = asking;
    asking = undefined;
    question?.abort();
    source?.close();
  };

  const wake = (): void => {
    rest();
    asked = 0;
    if (streams) listen();
    else void ask();
  };

  window.addEventListener('online', wake);
  wake();

  return () => {
    rest();
    window.removeEventListener('online', wake);
  };
}
