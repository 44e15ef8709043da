/** The traces of the page on analytics, with OpenTelemetry's own SDK and the events that the element dispatches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { traceCashier } from '../../docs/snippets/traces.ts';
import { CashierError } from '../../src/element/errors.ts';
import {
  KassaChallengeEvent,
  KassaErrorEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaStatusEvent,
} from '../../src/element/events.ts';

const SECRETS = { trackingId: 'an-order-of-ada', transactionId: 'T-77', reason: 'Ada Lovelace' };
const URL_OF_BANK = 'https://bank.example/acs?creq=secret';

test('one span for each session, from its beginning to its outcome, without an id, an address or a text', () => {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  const cashier = new EventTarget();
  traceCashier(cashier as HTMLElement);

  cashier.dispatchEvent(new KassaReadyEvent());
  cashier.dispatchEvent(new KassaChallengeEvent(URL_OF_BANK, 'frame'));
  const status = { status: 'failed', rawStatus: 'rejected', previous: undefined, verified: true } as const;
  cashier.dispatchEvent(new KassaStatusEvent({ ...status, ...SECRETS }));
  cashier.dispatchEvent(new KassaOutcomeEvent({ kind: 'failed', verified: true, ...SECRETS }));
  const error = CashierError.of('session-failed', { message: SECRETS.reason });
  cashier.dispatchEvent(new KassaErrorEvent(error));
  cashier.dispatchEvent(new KassaOutcomeEvent({ kind: 'cancelled', verified: false, ...SECRETS }));

  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events }) => ({ name, attributes, events }));
  assert.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes]),
    [
      ['kassa.session', { 'kassa.outcome': 'failed', 'kassa.verified': true }],
      ['kassa.session', { 'kassa.outcome': 'cancelled', 'kassa.verified': false }],
    ],
  );
  assert.deepEqual(
    spans.map(({ events }) => events.map(({ name }) => name)),
    [['ready', 'challenge', 'status'], ['error']],
  );
  const told = JSON.stringify(spans);
  for (const secret of [...Object.values(SECRETS), 'bank.example']) assert.ok(!told.includes(secret), secret);
});
