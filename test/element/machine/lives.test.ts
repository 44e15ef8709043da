/** Whole lives of the machine: listeners that call back in the middle of things, and clocks that are wrong. Issue 13. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurn } from '../../../src/element/machine/turns.ts';
import { until } from '../../patience.ts';
import { randomFrom, World } from './world.ts';

const LIVES = 100_000;
const SEED = Number(process.env.KASSA_SEED ?? 1);

/** A life: somebody does things for two minutes, and then all that was begun comes to its end. */
function live(seed: number): World {
  const random = randomFrom(seed ^ 0x5bd1e995);
  const world = new World(seed);
  world.send({ type: 'open' });
  for (let acts = 0; acts < 6; acts += 1) {
    world.run(random() * 20_000);
    world.act();
  }
  world.isQuiet = true;
  world.run(3_600_000);
  // A token of an hour may be renewed at the very end: what its page says then has its time as well.
  world.run(120_000);
  return world;
}

test(`in ${LIVES} lives each session has one outcome, and nothing is stuck`, (t) => {
  let outcomes = 0;
  // Of the many errors in a life nobody asks where they were made, and to know it takes a fifth of the time.
  const { stackTraceLimit } = Error;
  t.after(() => (Error.stackTraceLimit = stackTraceLimit));
  Error.stackTraceLimit = 0;
  for (let life = 0; life < LIVES; life += 1) {
    const seed = SEED + life;
    const world = live(seed);
    const told = new Set<number>();
    let renewed = -Infinity;
    world.told.forEach(({ at, effect, session, used }, index) => {
      // E12: nobody knows what was pressed in a page that says nothing.
      const isLie = effect.do === 'tell-outcome' && effect.outcome.kind === 'cancelled';
      assert.ok(!used || !isLie, `seed ${seed}: cancelled, though the shopper may have paid`);
      assert.ok(
        !used || effect.do !== 'fetch-session',
        `seed ${seed}: another token, though the first may be paid`,
      );
      if (effect.do === 'tell-outcome') {
        assert.ok(!told.has(session), `seed ${seed}: two outcomes of one session`);
        told.add(session);
      }
      if (effect.do !== 'fetch-session') return;
      const next = world.told[index + 1]?.effect;
      const isByItself = next?.do === 'start-timer' && next.name === 'rest';
      // Two that nobody pressed a button for never follow each other without a pause.
      assert.ok(!isByItself || at - renewed >= 3_000, `seed ${seed}: two renewals without a pause`);
      renewed = isByItself ? at : -Infinity;
    });
    outcomes += told.size;
    assert.notEqual(world.state.phase, 'loading', `seed ${seed}: stuck`);
    assert.ok(!world.state.locked, `seed ${seed}: locked for ever`);
  }
  assert.ok(outcomes > LIVES / 2, 'lives in which something happens');
});

test('what is asked for in the middle of things waits for its turn, and answers come first', () => {
  const done: string[] = [];
  const turns = inTurn<string>((one) => {
    done.push(`${one} begins`);
    if (one === 'first') {
      turns.take('asked by a listener');
      turns.take('the answer', true);
    }
    done.push(`${one} ends`);
  });
  turns.take('first');
  assert.deepEqual(
    done.filter((line) => line.endsWith('begins')),
    ['first begins', 'the answer begins', 'asked by a listener begins'],
  );
  assert.equal(done[1], 'first ends');
});

test('listeners that call each other for ever leave the page its turns', async () => {
  let turns = 0;
  const loop = inTurn<number>((one) => {
    turns += 1;
    if (turns < 1_000) loop.take(one + 1);
  });
  loop.take(0);
  assert.ok(turns < 1_000, 'not all at once');
  await until(() => turns === 1_000, 'all the same');
});

test('an effect that throws holds nothing up', () => {
  const done: number[] = [];
  const turns = inTurn<number>((one) => {
    done.push(one);
    if (one === 1) throw new Error('of the page');
  });
  assert.throws(() => turns.take(1));
  turns.take(2);
  assert.deepEqual(done, [1, 2]);
});
