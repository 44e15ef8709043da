/** What anybody may send to the four routes: ids of any script, odd bodies that are signed, and requests of no sense. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, mock, test } from 'node:test';
import type { RunningSandbox } from '../../../src/sandbox/listen.ts';
import { toNodeHandler } from '../../../src/server/routes/node.ts';
import { order, payByCard, shopperOf, startTestSandbox } from '../../sandbox/running.ts';
import { acceptanceOf, refusalOf, SHOP, shopOf } from './shop.ts';

let sandbox: RunningSandbox;
before(async () => {
  sandbox = await startTestSandbox();
});
after(() => sandbox.close());

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

describe('an order’s id', () => {
  for (const id of [
    'x'.repeat(128),
    '注'.repeat(128),
    '🐟'.repeat(64),
    'a/b',
    'a\\b?c#d&e=f',
    '100%25 %zz',
    '...',
    '../../etc/passwd',
    'Ünïcødé مرحبا',
    'o\'brien"<script>',
    '{id}',
    '$& $1',
    '__proto__',
  ]) {
    test(`works in every route: ${JSON.stringify(id).slice(0, 30)}`, async () => {
      const shop = shopOf(sandbox, id);
      const { statusUrl, returnUrl, token, trackingId } = await shop.session();
      assert.equal(trackingId, id);
      const page = await shop.kassa.fetch(new Request(String(returnUrl)));
      assert.equal(page.status, 200);
      await shopperOf(sandbox, token).pay(payByCard('4242424242424242'));
      await sandbox.advance(1_000);
      // By the gateway, then by its webhook.
      assert.equal((await shop.report(statusUrl)).status, 'succeeded');
      assert.equal(await acceptanceOf(await shop.deliver({})), 'handled');
      assert.equal((await shop.report(statusUrl)).trackingId, id);
      assert.equal((await refusalOf(await shop.open())).error.code, 'already-paid');
    });
  }

  for (const [what, id] of [
    ['empty', ''],
    ['blank', ' \n'],
    ['too long', 'x'.repeat(129)],
    ['a dot', '.'],
    ['two dots', '..'],
    ['half a character', '\ud83d'],
    ['a NUL', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['a number', 1001 as unknown as string],
  ] as const) {
    test(`is refused before anything is minted when it is ${what}`, async () => {
      const shop = shopOf(sandbox, id, { order: () => ({ ...order('x'), trackingId: id }) });
      assert.equal((await shop.open()).status, 500);
      assert.match(String(shop.errors[0]), /trackingId/);
      assert.deepEqual(shop.asked, []);
    });
  }
});

// M9
describe('a webhook that is signed and odd', () => {
  for (const [what, terms, body] of [
    ['null fields', {}, { provider: null, rejected_reason: null, user_id: null, transaction_type: null }],
    [
      'ids as numbers',
      { trackingId: '70000001' },
      { tracking_id: 70000001, transaction_id: 7, user_id: 128 },
    ],
    ['yen with a fraction', { amount: '1000', currency: 'JPY' }, { amount: '1000.00', currency: 'JPY' }],
    ['four digits of a cent', { amount: '10' }, { amount: '10.0000' }],
    ['an amount as a number', {}, { amount: 10.05 }],
    ['a currency in small letters', {}, { currency: 'eur' }],
  ] as const) {
    test(`pays its order: ${what}`, async () => {
      const trackingId = `odd ${what}`;
      const { maxDepositLimit: _, ...customer } = order(trackingId).customer;
      const shop = shopOf(sandbox, trackingId, {
        order: () => ({ ...order(trackingId), ...terms, customer }),
      });
      const { statusUrl } = await shop.session();
      assert.equal(await acceptanceOf(await shop.deliver(body)), 'handled');
      assert.equal((await shop.report(statusUrl)).status, 'succeeded');
      assert.deepEqual(shop.errors, []);
    });
  }

  for (const [what, body] of [
    ['in USDT', { amount: '10.050000', currency: 'USDT' }],
    ['of nothing', { amount: '0' }],
    ['of a fraction of a cent less', { amount: '10.0499' }],
  ] as const) {
    test(`${what} is read, and does not pay an order in euros`, async () => {
      const shop = shopOf(sandbox, `odd ${what}`);
      await shop.session();
      assert.equal(await acceptanceOf(await shop.deliver(body)), 'mismatch');
      assert.equal(shop.errors.length, 1);
    });
  }
});

describe('a body', () => {
  const slow = (path: string, headers: Record<string, string>): Request =>
    new Request(`${SHOP}/kassa/${path}`, {
      method: 'POST',
      headers,
      body: new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([0x7b])) }),
      duplex: 'half',
    } as RequestInit);

  for (const [path, headers] of [
    ['session', { 'content-type': 'application/json' }],
    ['webhook', { 'x-signature': 'A'.repeat(40) }],
  ] as const) {
    test(`that does not end is given up after ten seconds: ${path}`, async () => {
      mock.timers.enable({ apis: ['setTimeout'] });
      try {
        const { kassa } = shopOf(sandbox, 'slow');
        const answer = kassa.fetch(slow(path, headers));
        await turns();
        mock.timers.tick(10_000);
        const { status, error } = await refusalOf(await answer);
        assert.deepEqual([status, error.code], [408, 'too-slow']);
      } finally {
        mock.timers.reset();
      }
    });

    test(`that breaks off is answered with 400: ${path}`, async () => {
      const body = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) });
      const init = { method: 'POST', headers, body, duplex: 'half' };
      const { kassa } = shopOf(sandbox, 'broken');
      const response = await kassa.fetch(new Request(`${SHOP}/kassa/${path}`, init));
      assert.equal(response.status, 400);
    });
  }
});

describe('requests of no sense', () => {
  const METHODS = [
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'HEAD',
    'PROPFIND',
    'constructor',
    'toString',
    '__proto__',
  ];
  const PATHS = [
    'session',
    'status/x',
    'return',
    'webhook',
    '',
    'status/',
    'status/a/b',
    'status/%E0%A4%A',
    '%',
    '..',
  ];

  test('are answered with 4xx, never 500', async () => {
    const { kassa, errors } = shopOf(sandbox, 'sense');
    for (const method of METHODS) {
      for (const path of PATHS) {
        const { status } = await kassa.fetch(new Request(`${SHOP}/kassa/${path}`, { method }));
        assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`);
      }
    }
    for (const state of ['', '%00', 'x.y.z', '0'.repeat(100_000)]) {
      const { status } = await kassa.fetch(new Request(`${SHOP}/kassa/return?state=${state}`));
      assert.equal(status, 400);
    }
    for (const after of ['NaN', '-1', '1e999', 'x'.repeat(1_000)]) {
      const { statusUrl } = await kassa.addresses('sense', SHOP);
      const { status } = await kassa.fetch(new Request(`${statusUrl}&after=${after}`));
      assert.equal(status, 200);
    }
    assert.deepEqual(errors, []);
  });

  test('over a socket, too', async () => {
    const { kassa } = shopOf(sandbox, 'socket');
    const server = createServer(toNodeHandler(kassa.fetch));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const statusOf = (head: string): Promise<number> =>
      new Promise((resolve, reject) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`${head}\r\nhost: shop.example\r\nconnection: close\r\n\r\n`),
        );
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('error', reject);
        socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)));
      });
    try {
      for (const method of ['PROPFIND', 'OPTIONS', 'DELETE', 'QUERY?']) {
        const status = await statusOf(`${method} /kassa/session HTTP/1.1`);
        assert.ok(status >= 400 && status < 500, `${method}: ${status}`);
      }
      for (const target of ['/kassa/status/%', '/kassa/status/%00?sig=%00', '/kassa/return?state=%ff']) {
        const status = await statusOf(`GET ${target} HTTP/1.1`);
        assert.ok(status >= 400 && status < 500, `${target}: ${status}`);
      }
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
