/** The stream of a status, beside whatever its server and its book do. */
import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createGateway } from '../../../src/server/gateway/client.ts';
import type { OrderBook } from '../../../src/server/orders/book.ts';
import { applied } from '../../../src/server/orders/judge.ts';
import type { Order } from '../../../src/server/orders/order.ts';
import { createKassa, type Kassa } from '../../../src/server/routes/kassa.ts';
import type { StatusReport } from '../../../src/wire/session.ts';
import { said } from '../orders/events.ts';

const PENDING: Order = applied(undefined, said('pending'), { now: 1 });
const PAID: Order = applied(PENDING, said('successful'), { now: 2 });

let known: Order | undefined;
let isDown: boolean;
let errors: unknown[];
const listeners = new Set<(order: Order) => void>();

/** A database of the shop, which may be down. */
const book: OrderBook = {
  change: () => assert.fail('no webhook comes here'),
  unfinished: () => assert.fail('nobody reconciles'),
  exclusively: () => assert.fail('nobody reconciles'),
  ping: () => Promise.resolve(),
  find: () => (isDown ? Promise.reject(new Error('The database is down.')) : Promise.resolve(known)),
  subscribe: (_trackingId, listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
const kassa: Kassa = createKassa({
  // It knows of nothing, so that all there is to know is in the book.
  gateway: createGateway({
    baseUrl: 'http://127.0.0.1:9/gateway',
    apiKey: 'test-key',
    signaturePassword: 'test-password',
    fetch: () => Promise.resolve(Response.json({ code: 1039, message: 'unknown' }, { status: 400 })),
    sleep: () => Promise.resolve(),
  }),
  order: () => null,
  book,
  onError: (error) => errors.push(error),
});

beforeEach(() => {
  known = PENDING;
  isDown = false;
  errors = [];
});

/** Enough turns of the event loop for all that waits for nothing else. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

const { statusUrl } = await kassa.addresses('order-1', 'https://shop.example');

async function open(signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await kassa.fetch(
    new Request(statusUrl, {
      headers: { accept: 'text/event-stream' },
      ...(signal && { signal }),
    }),
  );
  assert.ok(response.body);
  return response.body;
}

/** What the stream has said until it is hung up. */
async function heard(
  stream: ReadableStream<Uint8Array>,
  meanwhile: () => Promise<void>,
): Promise<readonly string[]> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const all = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value);
    }
  })();
  await settle();
  await meanwhile();
  await settle();
  await reader.cancel();
  await all;
  return [...text.matchAll(/^data: (.*)$/gm)].map(
    ([, data = '']) => (JSON.parse(data) as StatusReport).status,
  );
}

describe('a shopper who leaves', () => {
  const ways: Readonly<Record<string, (stream: ReadableStream, leaving: AbortController) => unknown>> = {
    'the body is cancelled': (stream) => stream.cancel(),
    'the request is aborted': (_stream, leaving) => leaving.abort(),
    'the body is cancelled, then the request is aborted': async (stream, leaving) => {
      await stream.cancel();
      leaving.abort();
    },
    'the request is aborted, then the body is cancelled': (stream, leaving) => {
      leaving.abort();
      return stream.cancel();
    },
  };
  for (const [way, leave] of Object.entries(ways)) {
    test(`lets go of the book, quietly: ${way}`, async () => {
      const leaving = new AbortController();
      const stream = await open(leaving.signal);
      assert.equal(listeners.size, 1);
      await leave(stream, leaving);
      await settle();
      assert.equal(listeners.size, 0);
      assert.deepEqual(errors, []);
    });
  }

  test('before there is a stream, leaves none', async () => {
    await open(AbortSignal.abort());
    await settle();
    assert.equal(listeners.size, 0);
    assert.deepEqual(errors, []);
  });
});

test('a book that is down is told to the shop, and the stream goes on when it is up again', async () => {
  isDown = true;
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    const statuses = await heard(await open(), async () => {
      assert.match(String(errors), /The database is down/);
      isDown = false;
      mock.timers.tick(5_000);
      await settle();
      known = PAID;
      mock.timers.tick(5_000);
      await settle();
    });
    assert.deepEqual(statuses, ['pending', 'succeeded']);
    assert.equal(errors.length, 1);
  } finally {
    mock.timers.reset();
  }
});

test('what comes late does not take an end back', async () => {
  const statuses = await heard(await open(), async () => {
    for (const tell of listeners) {
      tell(PAID);
      tell({ ...PENDING, version: 3 });
    }
    await settle();
  });
  assert.deepEqual(statuses, ['pending', 'succeeded']);
});
