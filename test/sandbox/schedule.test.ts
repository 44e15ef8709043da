/** When due work is looked for: never twice at once, and no more often than there may be something new. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createSchedule } from '../../src/sandbox/schedule.ts';
import { createWorld } from '../../src/sandbox/world.ts';

/** A worker whose runs end when they are let go. */
function slowWorker() {
  const running: (() => void)[] = [];
  let began = 0;
  let asked = 0;
  const worker = {
    nextDue: () => {
      asked += 1;
      return Promise.resolve(undefined);
    },
    runDue: () => {
      began += 1;
      return new Promise<void>((resolve) => running.push(resolve));
    },
  };
  return { worker, began: () => began, asked: () => asked, letGo: () => running.shift()?.() };
}

test('whoever wakes it a hundred times while it works makes it look once more', async () => {
  const { worker, began, asked, letGo } = slowWorker();
  const schedule = createSchedule(createWorld(), [worker]);
  schedule.wake();
  await turn();
  for (let wake = 0; wake < 100; wake += 1) schedule.wake();
  await turn();
  assert.equal(began(), 1);
  letGo();
  await turn();
  assert.equal(began(), 2);
  letGo();
  await turn();
  assert.deepEqual([began(), asked()], [2, 2]);
  await schedule.close();
});

test('what is said after it has begun to look is looked for again', async () => {
  const { worker, began, letGo } = slowWorker();
  const schedule = createSchedule(createWorld(), [worker]);
  for (let round = 1; round <= 3; round += 1) {
    schedule.wake();
    await turn();
    assert.equal(began(), round);
    letGo();
    await turn();
  }
  await schedule.close();
});

test('once closed it looks no more', async () => {
  const { worker, began, asked, letGo } = slowWorker();
  const schedule = createSchedule(createWorld(), [worker]);
  schedule.wake();
  await turn();
  schedule.wake();
  const closed = schedule.close();
  letGo();
  await closed;
  // Its database may be gone by now.
  assert.deepEqual([began(), asked()], [1, 0]);
});
