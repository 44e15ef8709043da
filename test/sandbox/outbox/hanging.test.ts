/** Receivers that hang, and a sandbox that stops beside them: none keeps another waiting, and memory has its bound. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { createOutbox, enqueue, resend } from '../../../src/sandbox/outbox/outbox.ts';
import { MOST_UNDER_WAY } from '../../../src/sandbox/outbox/sending.ts';
import { createSchedule } from '../../../src/sandbox/schedule.ts';
import { deliveries } from '../../../src/sandbox/store/schema.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { createWorld } from '../../../src/sandbox/world.ts';
import { until } from '../../patience.ts';

const ANSWERS = 'http://127.0.0.1:9/answers';

let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

/** All hang but one, until they are let go. */
function start() {
  const hanging: string[] = [];
  const received: string[] = [];
  let letGo = (): void => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const world = createWorld({
    fetch: async (url, init) => {
      if (url !== ANSWERS) {
        hanging.push(init?.body as string);
        await gone;
        return new Response(null, { status: 500 });
      }
      received.push(init?.body as string);
      return new Response();
    },
  });
  const schedule = createSchedule(world, [createOutbox(store.db, world)]);
  const queue = (url: string, subject: string, body: string): Promise<void> =>
    enqueue(store.db, world, { system: 'nixo', subject, url, body, headers: {} });
  return { world, schedule, queue, hanging, received, letGo };
}

/** So many of subjects of their own. */
async function queueMany(
  queue: (url: string, subject: string, body: string) => Promise<void>,
  times: number,
  urlOf: (at: number) => string,
): Promise<void> {
  for (let at = 0; at < times; at += 1) await queue(urlOf(at), `${urlOf(at)} ${at}`, String(at));
}

const tally = async (): Promise<Readonly<Record<string, number>>> => {
  const count: Record<string, number> = {};
  for (const { state, attempts } of await store.db.select().from(deliveries)) {
    const key = `${state}, attempts: ${attempts}`;
    count[key] = (count[key] ?? 0) + 1;
  }
  return count;
};

describe('a receiver that hangs', () => {
  test('keeps no other waiting: neither what is due already nor what comes later', async () => {
    const { schedule, queue, received, letGo } = start();
    await queue('http://127.0.0.1:9/hangs', 'hanging', 'never');
    await queue(ANSWERS, 'one', 'first');
    await queue(ANSWERS, 'one', 'second');
    schedule.wake();
    await until(() => received.length === 2, 'two of one subject, beside it');
    await queue(ANSWERS, 'other', 'third');
    schedule.wake();
    await until(() => received.length === 3, 'what came while it hung');
    assert.deepEqual(received, ['first', 'second', 'third']);
    letGo();
    await schedule.close();
    assert.deepEqual(await tally(), { 'delivered, attempts: 1': 3, 'queued, attempts: 1': 1 });
  });

  test('is one of two hundred, and the good one behind them is still sent to', async () => {
    const { schedule, queue, hanging, received, letGo } = start();
    await queueMany(queue, 200, (at) => `http://127.0.0.1:9/hangs/${at}`);
    await queue(ANSWERS, 'good', 'good');
    schedule.wake();
    await until(() => received.length === 1, 'the good one');
    assert.equal(hanging.length, 200);
    letGo();
    await schedule.close();
  });

  test('leaves room for others, however much is due to it', async () => {
    const { schedule, queue, hanging, received, letGo } = start();
    await queueMany(queue, 1_200, () => 'http://127.0.0.1:9/hangs');
    await queue(ANSWERS, 'good', 'good');
    schedule.wake();
    await until(() => received.length === 1, 'the good one');
    assert.ok(hanging.length < MOST_UNDER_WAY, `${hanging.length} to the one that hangs`);
    const closed = schedule.close();
    letGo();
    await closed;
  });
});

describe('a sandbox that stops', () => {
  test('has a bounded number under way, begins no other, and writes down that these had no answer', async () => {
    const { schedule, queue, hanging } = start();
    await queueMany(queue, MOST_UNDER_WAY + 200, (at) => `http://127.0.0.1:9/hangs/${at % 10}`);
    schedule.wake();
    await until(() => hanging.length === MOST_UNDER_WAY, 'as many under way as may be');
    await schedule.close();
    assert.equal(hanging.length, MOST_UNDER_WAY);
    assert.deepEqual(await tally(), {
      'queued, attempts: 0': 200,
      'queued, attempts: 1': MOST_UNDER_WAY,
    });
    const [tried] = await store.db.select().from(deliveries).where(eq(deliveries.attempts, 1)).limit(1);
    assert.match(tried?.history[0]?.answer ?? '', /stopped before an answer/);
  });

  test('closes its connections to those that hang', async () => {
    const server: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const connections = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    try {
      const world = createWorld();
      const schedule = createSchedule(world, [createOutbox(store.db, world)]);
      for (let at = 0; at < 20; at += 1) {
        const webhook = { system: 'gateway', subject: String(at), url, body: '{}', headers: {} } as const;
        await enqueue(store.db, world, webhook);
      }
      schedule.wake();
      await until(async () => (await connections()) === 20, 'a connection for each');
      await schedule.close();
      await until(async () => (await connections()) === 0, 'no connection left');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test('what is sent again by hand while it is under way is sent again, and both answers are kept', async () => {
  const answers: ((answer: Response) => void)[] = [];
  const world = createWorld({ fetch: () => new Promise((resolve) => answers.push(resolve)) });
  const schedule = createSchedule(world, [createOutbox(store.db, world)]);
  await enqueue(store.db, world, { system: 'gateway', subject: 's', url: ANSWERS, body: '{}', headers: {} });
  const [queued] = await store.db.select().from(deliveries);
  schedule.wake();
  await until(() => answers.length === 1, 'it is under way');
  assert.ok(await resend(store.db, world, queued?.id ?? ''));
  schedule.wake();
  await until(() => answers.length === 2, 'it is under way once more');
  answers[0]?.(new Response('no', { status: 500 }));
  answers[1]?.(new Response('yes'));
  const find = async () => (await store.db.select().from(deliveries))[0];
  await until(async () => (await find())?.history.length === 2, 'both answers');
  const kept = await find();
  assert.deepEqual([kept?.state, kept?.attempts], ['delivered', 1]);
  assert.deepEqual(kept?.history.map(({ answer }) => answer).sort(), ['no', 'yes']);
  await schedule.close();
});
