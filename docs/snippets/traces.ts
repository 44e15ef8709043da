import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';

/** One span for each session, from now, or from its first event, to its outcome. */
export function traceCashier(cashier: HTMLElement): void {
  const tracer = trace.getTracer('kassa');
  let span: Span | undefined = tracer.startSpan('kassa.session');
  const current = (): Span => (span ??= tracer.startSpan('kassa.session'));

  cashier.addEventListener('kassa-ready', () => {
    current().addEvent('ready');
  });
  cashier.addEventListener('kassa-challenge', ({ display }) => {
    current().addEvent('challenge', { 'kassa.display': display });
  });
  cashier.addEventListener('kassa-status', ({ status, verified }) => {
    current().addEvent('status', { 'kassa.status': status, 'kassa.verified': verified });
  });
  cashier.addEventListener('kassa-error', ({ error }) => {
    current().addEvent('error', { 'error.type': error.code });
    current().setStatus({ code: SpanStatusCode.ERROR });
  });
  cashier.addEventListener('kassa-outcome', ({ outcome: { kind, verified } }) => {
    current().setAttributes({ 'kassa.outcome': kind, 'kassa.verified': verified }).end();
    span = undefined;
  });
}
