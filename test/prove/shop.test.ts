/** A small round of `npm run prove -- shop`, and that its verdict finds what it is there to find. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startPostgres } from '../postgres.ts';
import type { Told } from './shop/lives.ts';
import { proveShop } from './shop/prove.ts';
import { type Row, streamsToldOf, violationsOf } from './shop/verdict.ts';

const told = (status: Told['status'], more: Partial<Told> = {}): Told => ({
  transaction_id: 'order-0-0',
  tracking_id: 'order-0',
  user_id: '128',
  status,
  currency: 'EUR',
  amount: '10.05',
  transaction_type: 'deposit',
  ...more,
});
const row = ({ tracking_id, transaction_id, status, amount, transaction_type }: Told): Row => ({
  tracking_id,
  transaction_id,
  word: status,
  amount,
  type: transaction_type,
  at: 1_000,
});

describe('the verdict of a round', () => {
  const paid = told('successful');
  const lives = [{ trackingId: 'order-0', events: [told('pending'), paid] }];
  const book = new Map([['order-0-0', ['pending', 'successful']]]);
  const verdict = (effects: readonly Told[], mismatches: readonly Told[] = [], all = lives) =>
    violationsOf(all, { effects: effects.map(row), mismatches: mismatches.map(row), book }).length;

  test('finds nothing where each change had one effect', () => {
    assert.equal(verdict([told('pending'), paid]), 0);
    assert.equal(verdict([paid]), 0, 'a pending may have been overtaken');
  });

  test('finds an effect that is missing, one too many, one out of order, and money that was never ordered', () => {
    assert.ok(verdict([told('pending')]) > 0);
    assert.ok(verdict([paid, paid]) > 0);
    assert.ok(verdict([paid, told('pending')]) > 0);
    assert.ok(verdict([paid], [paid]) > 0);
    const wrong = told('successful', { amount: '0.01' });
    assert.ok(verdict([wrong], [], [{ trackingId: 'order-0', events: [wrong] }]) > 0);
    assert.equal(verdict([], [wrong], [{ trackingId: 'order-0', events: [wrong] }]), 0);
  });

  test('finds a stream that was told too late, and none that could not be told', () => {
    const stop = (): Promise<void> => Promise.resolve();
    const heardAt = (at: number, from = 0, until = Number.POSITIVE_INFINITY) => ({
      trackingId: 'order-0',
      connections: [{ from, until }],
      heard: [{ at, status: 'succeeded', rawStatus: 'successful' }],
      stop,
    });
    const judged = (watcher: ReturnType<typeof heardAt>, outages: { from: number; until: number }[] = []) =>
      streamsToldOf([watcher], [row(paid)], { withinMs: 2_000, outages, endedAt: 60_000 });
    assert.deepEqual(judged(heardAt(1_040)), { delays: [40], violations: [] });
    assert.equal(judged(heardAt(3_500)).violations.length, 1);
    assert.equal(judged(heardAt(Number.POSITIVE_INFINITY)).violations.length, 1);
    assert.deepEqual(judged(heardAt(6_000, 5_900)), { delays: [100], violations: [] });
    assert.deepEqual(judged(heardAt(5_100), [{ from: 900, until: 5_000 }]), {
      delays: [100],
      violations: [],
    });
    assert.deepEqual(judged(heardAt(9_000, 0, 1_500)), { delays: [], violations: [] });
  });
});

const server = await startPostgres().catch(String);
if (typeof server === 'string') console.log(`The proof of the shop: NOT TESTED, no PostgreSQL (${server})`);

test('a small round keeps every promise', { skip: typeof server === 'string' }, async (context) => {
  assert.ok(typeof server !== 'string');
  const seed = Number(process.env.KASSA_SEED ?? Date.now() % 1_000_000);
  const round = { seed, webhooks: 240, orders: 60, sessions: 20, kills: 1, restarts: 1 };
  const proof = await proveShop(round, server).catch((error: unknown) => String(error));
  await server.stop();
  if (typeof proof === 'string') assert.fail(`seed ${seed}: ${proof}`);
  context.diagnostic(JSON.stringify(proof.counts));
  assert.deepEqual(proof.violations, [], `seed ${seed}`);
  assert.ok(Number(proof.counts['streams told of a success']) > 0);
});
