/** Many webhooks, and several processes on one database: each is sent once, in the order of its subject. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { createOutbox, enqueue } from '../../../src/sandbox/outbox/outbox.ts';
import { deliveries } from '../../../src/sandbox/store/schema.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { createWorld } from '../../../src/sandbox/world.ts';
import { MEMORY, onEachStore, POSTGRES } from '../../contracts/stores.ts';

const SUBJECTS = 340;
const EACH = 3;

/** A world whose receivers take everything, and remember what. */
function receiving() {
  const received: string[] = [];
  const world = createWorld({
    fetch: async (_url, init) => {
      received.push(init?.body as string);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return new Response();
    },
  });
  return { world, received };
}

async function queue(store: Store, { world }: ReturnType<typeof receiving>): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (let turn = 0; turn < EACH; turn += 1) {
    for (let subject = 0; subject < SUBJECTS; subject += 1) {
      const body = `${subject}:${turn}`;
      bodies.push(body);
      const url = 'http://127.0.0.1:9/';
      await enqueue(store.db, world, { system: 'gateway', subject: String(subject), url, body, headers: {} });
    }
  }
  return bodies;
}

/** By subject, in the order in which they were sent. */
function turnsOf(received: readonly string[]): readonly string[] {
  const turns = new Map<string, string>();
  for (const body of received) {
    const [subject = '', turn = ''] = body.split(':');
    turns.set(subject, (turns.get(subject) ?? '') + turn);
  }
  return [...new Set(turns.values())];
}

await onEachStore([MEMORY, POSTGRES], (place, kind) => {
  test('all are sent once and in order', async () => {
    const store = await openStore(place);
    const receiver = receiving();
    const queued = await queue(store, receiver);
    await createOutbox(store.db, receiver.world, {}, { isAlone: kind === MEMORY }).runDue();
    assert.deepEqual([...receiver.received].sort(), [...queued].sort());
    assert.deepEqual(turnsOf(receiver.received), ['012']);
    await store.forget();
    await store.close();
  });
});

await onEachStore([POSTGRES], (place) => {
  test('two processes on one database never send one twice, or one before its elder', async () => {
    const stores = await Promise.all([openStore(place), openStore(place)]);
    const receiver = receiving();
    const [first] = stores;
    const queued = await queue(first, receiver);
    const workers = stores.map(({ db }) => createOutbox(db, receiver.world, {}, { isAlone: false }));
    const isLeft = async (): Promise<boolean> =>
      (await workers[0]?.nextDue()) !== undefined || (await workers[1]?.nextDue()) !== undefined;
    do await Promise.all(workers.map((worker) => worker.runDue()));
    while (await isLeft());
    assert.deepEqual([...receiver.received].sort(), [...queued].sort());
    assert.deepEqual(turnsOf(receiver.received), ['012']);
    await first.forget();
    await Promise.all(stores.map((store) => store.close()));
  });

  test('what a process took and left behind is sent by another, after the time of a sending', async () => {
    const store = await openStore(place);
    const receiver = receiving();
    await queue(store, receiver);
    const taken = { state: 'sending', takenUntil: Date.now() + 60_000 } as const;
    await store.db.update(deliveries).set(taken).where(eq(deliveries.subject, '7'));
    await createOutbox(store.db, receiver.world, {}, { isAlone: false }).runDue();
    assert.ok(!receiver.received.some((body) => body.startsWith('7:')));
    await store.db
      .update(deliveries)
      .set({ takenUntil: Date.now() - 1 })
      .where(eq(deliveries.subject, '7'));
    await createOutbox(store.db, receiver.world, {}, { isAlone: false }).runDue();
    assert.deepEqual(
      receiver.received.filter((body) => body.startsWith('7:')),
      ['7:0', '7:1', '7:2'],
    );
    await store.forget();
    await store.close();
  });
});

describe('a process that has its database alone', () => {
  test('sends at once what the one before it had left in the middle', async () => {
    const store = await openStore();
    const receiver = receiving();
    await queue(store, receiver);
    await store.db.update(deliveries).set({ state: 'sending', takenUntil: Date.now() + 60_000 });
    await createOutbox(store.db, receiver.world).runDue();
    assert.equal(receiver.received.length, SUBJECTS * EACH);
    await store.close();
  });
});
