/** What receivers answer with: anything, and nothing of it stops the sandbox. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { attemptDelivery, type AttemptResult } from '../../../src/sandbox/outbox/attempt.ts';
import { isStorable } from '../../../src/sandbox/store/storable.ts';
import { PATIENCE_MS, until } from '../../patience.ts';

async function attemptAt(listener: RequestListener, answerWithinMs = PATIENCE_MS): Promise<AttemptResult> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const outgoing = { id: 'whk_1', url, body: '{}', headers: {}, attempts: 0, answerWithinMs };
    return await attemptDelivery(fetch, outgoing).result;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer with what no database can hold is kept without it', async () => {
  const { answer } = await attemptAt((_, response) => response.end(`a\0b${'x'.repeat(252)}🙂`));
  assert.ok(isStorable(answer));
  assert.equal(answer, `a\ufffdb${'x'.repeat(252)}\ufffd`);
});

test('an answer without an end is cut off, and counts', async () => {
  let isClosed = false;
  const { status, answer } = await attemptAt((_, response) => {
    const timer = setInterval(() => response.write('y'.repeat(16_384)), 1);
    response.on('close', () => {
      clearInterval(timer);
      isClosed = true;
    });
  });
  assert.deepEqual([status, answer], [200, 'y'.repeat(256)]);
  await until(() => isClosed, 'its connection is closed');
});

test('no answer in time is none, also when only its body hangs', async () => {
  const nothing = { status: 0, answer: 'no answer within 0.05 s' };
  assert.deepEqual(await attemptAt(() => undefined, 50), nothing);
  assert.deepEqual(await attemptAt((_, response) => response.write('half'), 50), nothing);
});

test('an answer that breaks off is none', async () => {
  const { status } = await attemptAt((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
  });
  assert.equal(status, 0);
});
