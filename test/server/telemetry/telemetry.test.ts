/** What Kassa tells OpenTelemetry's own SDK, and what it must never tell. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { signWebhook } from '../../../src/server/gateway/webhooks.ts';
import type { OrderBook } from '../../../src/server/orders/book.ts';
import { createMemoryBook } from '../../../src/server/orders/memory.ts';
import type { Health } from '../../../src/server/routes/health.ts';
import { createKassa, type Kassa } from '../../../src/server/routes/kassa.ts';
import { gatewayOf, NOON, order, PASSWORD, startTestSandbox } from '../../sandbox/running.ts';

const SHOP = 'https://shop.example';
/** All that a shopper, the shop and the gateway would not want to find in somebody's traces. */
const SECRETS = [
  'order-secret',
  'transaction-secret',
  'John',
  'Doe',
  'john@example.com',
  '127.34.125.54',
  '10.05',
];

describe('telemetry', () => {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const meters = new MeterProvider({ readers: [reader] });
  let sandbox: RunningSandbox;
  let kassa: Kassa;
  let session: Awaited<ReturnType<Kassa['session']>>;

  const webhook = async (status: string, more: object = {}, password = PASSWORD): Promise<Response> => {
    const body = JSON.stringify({
      transaction_id: 'transaction-secret',
      tracking_id: 'order-secret',
      user_id: '128',
      status,
      currency: 'EUR',
      amount: '10.05',
      transaction_type: 'deposit',
      rejected_reason: 'John Doe has no funds',
      ...more,
    });
    const headers = { 'x-signature': await signWebhook(body, password) };
    return kassa.fetch(new Request(`${SHOP}/kassa/webhook`, { method: 'POST', body, headers }));
  };

  before(async () => {
    sandbox = await startTestSandbox();
    let fails = true;
    kassa = createKassa({
      gateway: gatewayOf(sandbox),
      order: () => order('order-secret'),
      onStatus: ({ status }) => {
        if (status !== 'failed' || !fails) return;
        fails = false;
        throw new Error('order-secret of John Doe');
      },
      onError: () => undefined,
      now: () => NOON,
      telemetry: { tracer: tracers.getTracer('kassa'), meter: meters.getMeter('kassa') },
    });
    session = await kassa.session(new Request(`${SHOP}/checkout`));
    await webhook('successful', {}, 'another password');
    await webhook('rejected', { transaction_id: 'first' });
    await webhook('rejected', { transaction_id: 'first' });
    await webhook('successful', { amount: '0.01' });
    await webhook('successful', { amount: '0.01' });
    await kassa.fetch(new Request(`${SHOP}/kassa/order-secret`, { method: 'John' }));
    await kassa.fetch(new Request(`${SHOP}/kassa/status/order-secret`));
  });
  after(async () => {
    await meters.shutdown();
    await tracers.shutdown();
    await sandbox.close();
  });

  /** The newest points of an instrument, by the value of one attribute. */
  async function points(name: string, attribute = ''): Promise<Record<string, unknown>> {
    await reader.forceFlush();
    const all =
      metrics
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    const found = all.find(({ descriptor }) => descriptor.name === name);
    return Object.fromEntries(
      (found?.dataPoints ?? []).map(({ attributes, value }) => [String(attributes[attribute] ?? ''), value]),
    );
  }

  test('webhooks are counted by what became of them, and mismatches by themselves', async () => {
    assert.deepEqual(await points('kassa.webhooks', 'kassa.webhook.verdict'), {
      refused: 1,
      failed: 1,
      handled: 1,
      mismatch: 1,
      duplicate: 1,
    });
    assert.deepEqual(await points('kassa.mismatches'), { '': 1 });
  });

  test('tokens are counted, and how long the gateway took is measured', async () => {
    assert.deepEqual(await points('kassa.mints', 'kassa.flow'), { deposit: 1 });
    const latency = await points('kassa.gateway.duration', 'kassa.gateway.operation');
    const { count, sum = 0 } = latency.mintCashier as { count: number; sum?: number };
    assert.equal(count, 1);
    assert.ok(sum > 0 && sum < 30, 'in seconds');
  });

  test('open streams go up and down', async () => {
    const leaving = new AbortController();
    const headers = { accept: 'text/event-stream' };
    const stream = await kassa.fetch(
      new Request(session.statusUrl ?? '', { headers, signal: leaving.signal }),
    );
    assert.equal(stream.status, 200);
    assert.deepEqual(await points('kassa.streams'), { '': 1 });
    leaving.abort();
    await stream.text().catch(() => undefined);
    assert.deepEqual(await points('kassa.streams'), { '': 0 });
  });

  test('requests, changes and questions to the gateway are spans with semantic names', () => {
    const names = spans.getFinishedSpans().map(({ name }) => name);
    for (const name of [
      'POST /kassa/webhook',
      'GET /kassa/status/:trackingId',
      '_OTHER /kassa/*',
      'gateway mintCashier',
      'kassa accept',
    ]) {
      assert.ok(names.includes(name), `${name} among ${names.join(', ')}`);
    }
    const ofStatus = spans.getFinishedSpans().find(({ name }) => name === 'GET /kassa/status/:trackingId');
    assert.deepEqual(ofStatus?.attributes, {
      'http.request.method': 'GET',
      'http.route': '/kassa/status/:trackingId',
      'http.response.status_code': 404,
    });
    const failed = spans.getFinishedSpans().filter(({ status }) => status.code === SpanStatusCode.ERROR);
    assert.deepEqual(
      failed.map(({ name, attributes }) => [name, attributes['error.type']]),
      [
        // Before the token was minted the gateway was asked for the order, and knew of none.
        ['gateway getStatus', '1039'],
        ['kassa accept', 'Error'],
        ['POST /kassa/webhook', '500'],
      ],
    );
  });

  test('no id, name, amount, address or secret is in any of it', async () => {
    await points('');
    const told = JSON.stringify([
      spans
        .getFinishedSpans()
        .map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
      metrics.getMetrics().map(({ scopeMetrics }) => scopeMetrics),
    ]);
    assert.ok(told.includes('kassa.webhook.verdict'));
    for (const secret of [...SECRETS, PASSWORD, 'dev_kassa_0001', session.token]) {
      assert.ok(!told.includes(secret), secret);
    }
  });
});

describe('the health route', () => {
  const ask = async (book: OrderBook, baseUrl = 'http://127.0.0.1:9'): Promise<[number, Health, Kassa]> => {
    const gateway = gatewayOf({ url: baseUrl } as RunningSandbox, {
      random: () => 0,
      sleep: () => Promise.resolve(),
    });
    const kassa = createKassa({ gateway, book, order: () => order('order-1'), onError: () => undefined });
    const answer = await kassa.fetch(new Request(`${SHOP}/kassa/health`));
    return [answer.status, (await answer.json()) as Health, kassa];
  };
  const broken = (ping: () => Promise<void>): OrderBook => ({ ...createMemoryBook(), ping });

  test('says that the book can be reached', async () => {
    const [status, health] = await ask(createMemoryBook());
    assert.deepEqual([status, health], [200, { status: 'ok', book: 'ok', gateway: 'unknown' }]);
  });

  test('answers 503 when it cannot, and tells nothing of where it is', async () => {
    const [status, health] = await ask(broken(() => Promise.reject(new Error('postgres://shop:hunter2@db'))));
    assert.deepEqual([status, health], [503, { status: 'failing', book: 'unreachable', gateway: 'unknown' }]);
  });

  test('does not wait for a book that says nothing', { timeout: 10_000 }, async () => {
    const [status] = await ask(broken(() => new Promise(() => undefined)));
    assert.equal(status, 503);
  });

  test('tells what the newest question to the gateway met, and asks none itself', async () => {
    const [, , kassa] = await ask(createMemoryBook());
    await assert.rejects(kassa.session(new Request(`${SHOP}/checkout`)));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const answer = await kassa.fetch(new Request(`${SHOP}/kassa/health`));
    assert.deepEqual(await answer.json(), { status: 'ok', book: 'ok', gateway: 'unreachable' });
  });

  test('asks the book once a second, however often it is asked', async () => {
    let pings = 0;
    const book = broken(() => {
      pings += 1;
      return Promise.resolve();
    });
    const [, , kassa] = await ask(book);
    await Promise.all(Array.from({ length: 50 }, () => kassa.fetch(new Request(`${SHOP}/kassa/health`))));
    assert.equal(pings, 1);
  });
});
