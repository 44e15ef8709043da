/** The life of a transaction as pure rules: every start, every step, and no way out of an end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { TEST_CARDS } from '../../../src/sandbox/gateway/cards.ts';
import {
  answerChallenge,
  approve,
  cancel,
  finish,
  type Life,
  reject,
  startCard,
  startProvider,
  startWithdrawal,
} from '../../../src/sandbox/gateway/rules.ts';
import { stateAfter } from '../../../src/sandbox/outbox/rules.ts';

type Type = 'deposit' | 'withdrawal';
const standing = (type: Type, { status, waitsFor }: Life) => ({ type, status, waitsFor });
const isLife = (result: Life | number | undefined): result is Life => typeof result === 'object';

describe('a transaction', () => {
  test('begins pending, whatever pays it', () => {
    const starts = [
      ...TEST_CARDS.map(({ rule }) => startCard(rule)),
      ...(['pays', 'rejects', 'slow', 'waits-for-transfer'] as const).map(startProvider),
      startWithdrawal(),
    ];
    for (const life of starts) assert.ok(life === undefined || life.status === 'pending');
  });

  // G-13, G-14
  test('a withdrawal that waits may be approved, rejected or cancelled; an approved one no more', () => {
    const waiting = standing('withdrawal', startWithdrawal());
    const approved = approve(waiting);
    assert.ok(isLife(approved));
    assert.equal(approved.status, 'pending', 'approval is not completion');
    assert.equal(approved.next?.endsAs, 'successful');
    assert.ok(isLife(reject(waiting)));
    assert.ok(cancel(waiting));
    const after = standing('withdrawal', approved);
    assert.deepEqual([approve(after), reject(after), cancel(after)], [1076, 1129, undefined]);
  });

  // G-24
  test('has no way out of an end, in any order of decisions', () => {
    const move = fc.constantFrom<(at: { type: Type; life: Life }) => Life | number | undefined>(
      ({ type, life }) => approve(standing(type, life)),
      ({ type, life }) => reject(standing(type, life)),
      ({ type, life }) => cancel(standing(type, life)),
      ({ life }) => (life.waitsFor === 'challenge' ? answerChallenge(true, '') : undefined),
      ({ life }) => life.next && finish(life.next.endsAs, life.next.because),
    );
    const start = fc.constantFrom<{ type: Type; life: Life }>(
      { type: 'withdrawal', life: startWithdrawal() },
      { type: 'deposit', life: startProvider('pays') },
      { type: 'deposit', life: startCard({ does: 'challenges', challenge: 'normal' }) ?? startWithdrawal() },
    );
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 10 }), ({ type, life: first }, moves) => {
        let life = first;
        for (const next of moves) {
          const result = next({ type, life });
          if (!isLife(result)) continue;
          assert.equal(life.status, 'pending', 'a final state was left');
          life = result;
        }
      }),
    );
  });
});

// G-21
test('a webhook has fifteen attempts, five minutes apart', () => {
  const failed = { at: 1_000, status: 500, answer: '' };
  const again = { state: 'queued', dueAt: 301_000 };
  assert.deepEqual(stateAfter('gateway', 1, failed), again);
  assert.deepEqual(stateAfter('gateway', 14, failed), again);
  assert.deepEqual(stateAfter('gateway', 15, failed), { state: 'dead', dueAt: null });
  assert.deepEqual(stateAfter('gateway', 15, { ...failed, status: 204 }), {
    state: 'delivered',
    dueAt: null,
  });
});
