/** The rules of truth, as tables and as properties over any order of events. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CashierError } from '../../../src/element/errors.ts';
import {
  CONFIRM_WITHIN_MS,
  type Effect,
  INITIAL,
  type Input,
  type SessionFacts,
  type State,
  step,
} from '../../../src/element/machine/machine.ts';

const SESSION: SessionFacts = { trackingId: 'order-1', verifiable: true };
const UNVERIFIABLE: SessionFacts = { ...SESSION, verifiable: false };
const ERROR = CashierError.of('session-failed');

/** Plays inputs from the start and collects what was done. */
function play(...inputs: readonly Input[]): { readonly state: State; readonly effects: readonly Effect[] } {
  let state = INITIAL;
  const effects: Effect[] = [];
  for (const input of inputs) {
    const next = step(state, input);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const names = (effects: readonly Effect[]): readonly string[] => effects.map((effect) => effect.do);
const outcomes = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'tell-outcome' ? [effect.outcome] : []));

const opened = (session: SessionFacts = SESSION): readonly Input[] => [
  { type: 'open' },
  { type: 'session', session },
  { type: 'hello' },
  { type: 'frame-ready' },
];
const succeeded: Input = {
  type: 'report',
  status: 'succeeded',
  rawStatus: 'successful',
  transactionId: 't1',
};
const failed: Input = { type: 'report', status: 'failed', rawStatus: 'rejected', reason: 'Card declined' };
const pending: Input = { type: 'report', status: 'pending', rawStatus: 'pending' };
const seesSuccess: Input = { type: 'hint', status: 'succeeded' };
const seesFailure: Input = { type: 'hint', status: 'failed' };

describe('opening', () => {
  test('asks for a session, opens the frame, waits for its hello, and is ready', () => {
    const { state, effects } = play(...opened());
    assert.deepEqual(names(effects), [
      'fetch-session',
      'open-frame',
      'start-timer',
      'start-feed',
      'stop-timer',
      'tell-ready',
    ]);
    assert.equal(state.phase, 'ready');
  });

  test('a page that never says hello is an error that can be tried again; a late hello mends it', () => {
    const late = play(...opened().slice(0, 2), { type: 'timer', name: 'hello' });
    assert.equal(late.state.phase, 'failed');
    assert.equal(late.state.error?.code, 'frame-timeout');
    const mended = step(step(late.state, { type: 'hello' }).state, { type: 'frame-ready' });
    assert.equal(mended.state.phase, 'ready');
    assert.equal(mended.state.error, undefined);
  });

  test('a failed session is told once, and trying again asks anew', () => {
    const { state, effects } = play({ type: 'open' }, { type: 'session-failed', error: ERROR });
    assert.equal(names(effects).filter((name) => name === 'tell-error').length, 1);
    assert.ok(names(step(state, { type: 'retry' }).effects).includes('fetch-session'));
  });
});

describe('a page that was loaded ahead', () => {
  const session: Input = { type: 'session', session: SESSION };
  const clicked: readonly Input[] = [{ type: 'prewarm' }, { type: 'open' }, session];

  test('and has said hello gets the token', () => {
    const { effects } = play({ type: 'prewarm' }, { type: 'hello' }, { type: 'open' }, session);
    assert.deepEqual(names(effects).slice(0, 3), ['warm-frame', 'fetch-session', 'send-session']);
  });

  test('and is still on its way gets the token with its hello', () => {
    const { state, effects } = play(...clicked, { type: 'hello' }, { type: 'frame-ready' });
    assert.ok(!names(effects).includes('open-frame'));
    assert.ok(names(step(play(...clicked).state, { type: 'hello' }).effects).includes('send-session'));
    assert.equal(state.phase, 'ready');
  });

  test('and takes no token over the port is opened again, once', () => {
    const foreign: Input = { type: 'frame-error', error: CashierError.of('protocol-mismatch') };
    for (const usable of [true, false]) {
      const { state, effects } = play(...clicked, { type: 'loaded', usable });
      assert.equal(names(effects).filter((name) => name === 'open-frame').length, 1);
      assert.ok(!names(step(state, { type: 'loaded', usable }).effects).includes('open-frame'));
    }
    assert.ok(names(play(...clicked, foreign).effects).includes('open-frame'));
  });

  test('keeps what the backend said before it had come, and its one outcome', () => {
    const ended = play(...clicked, succeeded, { type: 'loaded', usable: false }, succeeded);
    assert.equal(outcomes(ended.effects).length, 1);
    assert.ok(!names(ended.effects).includes('open-frame'));
    const { state } = play(...clicked, pending, { type: 'loaded', usable: false });
    assert.equal(state.knowledge?.status, 'pending');
  });

  test('and had said hello to be another version after a reload can still be paid on', () => {
    const foreign: Input = { type: 'frame-error', error: CashierError.of('protocol-mismatch') };
    const { state } = play({ type: 'prewarm' }, { type: 'hello' }, { type: 'open' }, session, foreign);
    assert.equal(state.phase, 'ready');
  });

  test('and had loaded without a hello before the click is opened anew', () => {
    const { effects } = play(
      { type: 'prewarm' },
      { type: 'loaded', usable: false },
      { type: 'open' },
      session,
    );
    assert.ok(names(effects).includes('open-frame'));
  });
});

describe('truth', () => {
  // G-20
  test('the frame’s word alone settles nothing when the backend can be asked', () => {
    const { state, effects } = play(...opened(), seesSuccess);
    assert.deepEqual(outcomes(effects), []);
    assert.equal(state.knowledge?.verified, false);
    assert.ok(names(effects).includes('start-timer'));
  });

  test('the backend’s word settles, verified', () => {
    const { effects } = play(...opened(), seesSuccess, succeeded);
    assert.deepEqual(outcomes(effects), [
      { kind: 'succeeded', verified: true, trackingId: 'order-1', transactionId: 't1' },
    ]);
  });

  test('a verified decline ends the session with its reason', () => {
    const [outcome] = outcomes(play(...opened(), failed).effects);
    assert.deepEqual(outcome, {
      kind: 'failed',
      verified: true,
      trackingId: 'order-1',
      reason: 'Card declined',
    });
  });

  test('without a status URL the frame’s word is all there is, and is called unverified', () => {
    const [outcome] = outcomes(play(...opened(UNVERIFIABLE), seesSuccess).effects);
    assert.deepEqual(outcome, { kind: 'succeeded', verified: false, trackingId: 'order-1' });
  });

  test('a frame that says "failed" while the backend says "succeeded" is overruled', () => {
    assert.equal(outcomes(play(...opened(), seesFailure, succeeded).effects)[0]?.kind, 'succeeded');
  });

  test('when nobody confirms in time the outcome is unknown, never failed', () => {
    for (const hint of [seesSuccess, seesFailure]) {
      const { effects } = play(...opened(), hint, { type: 'timer', name: 'confirm' });
      assert.deepEqual(outcomes(effects), [{ kind: 'unknown', verified: false, trackingId: 'order-1' }]);
    }
    const [timer] = play(...opened(), seesSuccess).effects.filter(
      (effect) => effect.do === 'start-timer' && effect.name === 'confirm',
    );
    assert.deepEqual(timer, { do: 'start-timer', name: 'confirm', ms: CONFIRM_WITHIN_MS });
  });

  test('a backend that knows nothing yet is no news', () => {
    const { state, effects } = play(...opened(), { type: 'report', status: 'pending', rawStatus: '' });
    assert.equal(state.knowledge, undefined);
    assert.ok(!names(effects).includes('tell-status'));
  });

  test('an unreachable status route is told, and settles nothing', () => {
    const error = CashierError.of('status-unreachable');
    const { state, effects } = play(...opened(), seesSuccess, { type: 'feed-error', error });
    assert.equal(names(effects).at(-1), 'tell-error');
    assert.equal(state.outcome, undefined);
  });
});

describe('closing', () => {
  test('is asked first, and ends as cancelled when nothing was paid', () => {
    const { state, effects } = play(...opened(), { type: 'close', by: 'frame' }, { type: 'close-agreed' });
    assert.deepEqual(outcomes(effects), [{ kind: 'cancelled', verified: false, trackingId: 'order-1' }]);
    assert.deepEqual(names(effects).slice(-2), ['close-frame', 'tell-closed']);
    assert.equal(state.phase, 'idle');
  });

  test('is refused while money moves', () => {
    const { state, effects } = play(
      ...opened(),
      { type: 'frame-busy', locked: true },
      { type: 'close', by: 'page' },
      { type: 'close-agreed' },
    );
    assert.equal(state.phase, 'busy');
    assert.ok(!names(effects).includes('ask-close'));
    assert.ok(!names(effects).includes('close-frame'));
  });

  test('with a payment under way ends as pending, with an unconfirmed end as unknown', () => {
    const agreed: Input = { type: 'close-agreed' };
    assert.equal(outcomes(play(...opened(), pending, agreed).effects)[0]?.kind, 'pending');
    assert.equal(outcomes(play(...opened(), seesSuccess, agreed).effects)[0]?.kind, 'unknown');
  });

  test('an element that is removed settles too, once', () => {
    assert.equal(outcomes(play(...opened(), { type: 'detach' }, { type: 'detach' }).effects).length, 1);
  });
});

describe('another session', () => {
  test('"try again" after a decline is asked, and its token goes to the page that is open', () => {
    const { effects } = play(
      ...opened(),
      failed,
      { type: 'token-expired' },
      { type: 'renew' },
      { type: 'session', session: SESSION },
      succeeded,
    );
    assert.ok(names(effects).includes('ask-renew'));
    assert.ok(names(effects).includes('send-session'));
    assert.equal(names(effects).filter((name) => name === 'open-frame').length, 1);
    assert.deepEqual(
      outcomes(effects).map(({ kind }) => kind),
      ['failed', 'succeeded'],
    );
  });

  test('no second token while the first payment may still move money', () => {
    for (const known of [pending, seesSuccess]) {
      const { effects } = play(...opened(), known, { type: 'token-expired' }, { type: 'renew' });
      assert.equal(names(effects).filter((name) => name === 'fetch-session').length, 1);
    }
    const unknown = play(...opened(), seesFailure, { type: 'timer', name: 'confirm' }, { type: 'renew' });
    assert.equal(names(unknown.effects).filter((name) => name === 'fetch-session').length, 1);
  });

  test('a page closed for another token comes back with its own, if its payment is heard of meanwhile', () => {
    const answers: readonly Input[] = [
      { type: 'session', session: { ...SESSION } },
      { type: 'session-failed', error: ERROR },
    ];
    for (const answer of answers) {
      const { state, effects } = play(...opened(), { type: 'retry' }, pending, answer);
      assert.deepEqual(names(effects).slice(-2), ['open-frame', 'start-timer']);
      assert.equal(state.session, SESSION);
      assert.equal(play(...opened(), { type: 'retry' }, pending, answer, answer).state.phase, 'loading');
      assert.equal(step(state, answer).effects.length, 0, 'once');
    }
  });

  test('a token that gets old is renewed before its end', () => {
    const session = { ...SESSION, expiresInMs: 90_000 };
    const { state, effects } = play(...opened(session));
    assert.ok(
      effects.some(
        (effect) => effect.do === 'start-timer' && effect.name === 'expiry' && effect.ms === 30_000,
      ),
    );
    const [asked] = step(state, { type: 'timer', name: 'expiry' }).effects;
    assert.deepEqual(asked, { do: 'ask-renew', secondsLeft: 60 });
  });
});

// E10
test('a page that dies while money moves is asked about, and may be left with an honest word', () => {
  const locked: Input = { type: 'frame-busy', locked: true };
  const silent: readonly Input[] = [
    { type: 'returned' },
    { type: 'frame-error', error: CashierError.of('frame-timeout') },
  ];
  const { state, effects } = play(...opened(), locked, ...silent);
  assert.equal(state.phase, 'failed');
  assert.ok(effects.some((effect) => effect.do === 'start-timer' && effect.name === 'confirm'));
  assert.equal(outcomes(step(state, { type: 'close-agreed' }).effects)[0]?.kind, 'unknown');
  assert.ok(!names(step(state, { type: 'retry' }).effects).includes('fetch-session'));
  assert.equal(outcomes(step(state, succeeded).effects)[0]?.kind, 'succeeded');
  const alive = step(state, locked);
  assert.equal(alive.state.phase, 'busy');
  assert.ok(alive.state.locked);
  assert.deepEqual(names(alive.effects), ['stop-timer']);
});

// E12
describe('a page that says nothing', () => {
  const touched: Input = { type: 'touched' };
  const silent: readonly Input[] = [
    { type: 'open' },
    { type: 'session', session: { ...SESSION, expiresInMs: 90_000 } },
    { type: 'loaded', usable: true },
  ];
  const ends: readonly Input[] = [{ type: 'close-agreed' }, { type: 'detach' }];

  test('and was only looked at is cancelled by whoever leaves', () => {
    for (const end of ends) assert.equal(outcomes(play(...silent, end).effects)[0]?.kind, 'cancelled');
  });

  test('and that the shopper was in is left without anybody knowing how it ended', () => {
    for (const end of ends) {
      assert.equal(outcomes(play(...silent, touched, end).effects)[0]?.kind, 'unknown');
      assert.equal(outcomes(play(...silent, touched, pending, end).effects)[0]?.kind, 'pending');
    }
    assert.equal(outcomes(play(...silent, touched, succeeded).effects)[0]?.kind, 'succeeded');
    assert.equal(outcomes(play(...silent, touched, failed).effects)[0]?.kind, 'failed');
  });

  test('keeps its token from then on, whatever asks for another one', () => {
    const asks: readonly (readonly Input[])[] = [
      [{ type: 'retry' }],
      [{ type: 'timer', name: 'expiry' }, { type: 'renew' }],
      [{ type: 'frame-error', error: CashierError.of('frame-timeout') }, { type: 'retry' }],
      [{ type: 'frame-error', error: CashierError.of('frame-timeout') }, { type: 'source' }],
      [{ type: 'session', session: { trackingId: 'order-2', verifiable: true } }],
      [{ type: 'resume', session: { trackingId: 'order-2', verifiable: true }, phase: 'busy' }],
    ];
    for (const ask of asks) {
      const { state, effects } = play(...silent, touched, ...ask);
      assert.equal(names(effects).filter((name) => name === 'fetch-session').length, 1);
      assert.equal(state.session?.trackingId, 'order-1');
      assert.equal(outcomes(step(state, { type: 'close-agreed' }).effects)[0]?.kind, 'unknown');
    }
  });

  test('and says hello after all says itself what is done in it', () => {
    const { effects } = play(...silent, touched, { type: 'hello' }, { type: 'close-agreed' });
    assert.equal(outcomes(effects)[0]?.kind, 'cancelled');
  });

  test('before there is a token, or after the end, is nothing', () => {
    assert.equal(play({ type: 'open' }, touched).state.touched, undefined);
    assert.equal(play(...silent, succeeded, touched).state.touched, undefined);
    assert.equal(play(...opened(), touched).state.touched, undefined);
  });
});

describe('tokens that end', () => {
  const expired: Input = { type: 'token-expired' };
  const renewed = (session: SessionFacts, again = false): readonly Input[] => [
    ...opened({ ...SESSION, expiresInMs: 90_000 }),
    { type: 'timer', name: 'expiry' },
    { type: 'renew' },
    { type: 'session', session, again },
  ];
  const asks = (effects: readonly Effect[]): number =>
    names(effects).filter((name) => name === 'ask-renew').length;
  const timers = (effects: readonly Effect[]) =>
    effects.filter((effect) => effect.do === 'start-timer' && effect.name === 'expiry').length;

  // E1
  test('one that seems to be over when it comes was measured by a wrong clock', () => {
    assert.equal(timers(play(...opened({ ...SESSION, expiresInMs: -1 })).effects), 0);
    assert.equal(timers(play(...opened({ ...SESSION, expiresInMs: 20_000 })).effects), 1);
    assert.equal(timers(play(...renewed({ ...SESSION, expiresInMs: 20_000 })).effects), 1);
    assert.equal(timers(play(...renewed({ ...SESSION, expiresInMs: 90_000 })).effects), 2);
  });

  // E2
  test('are asked about once, and a page that calls the only one over is told so', () => {
    const { state, effects } = play(...renewed({ ...SESSION, expiresInMs: 20_000 }, true));
    assert.equal(asks(effects), 1);
    const later: readonly Input[] = [{ type: 'timer', name: 'rest' }, expired, { type: 'renew' }];
    const over = play(...renewed(SESSION, true), ...later, {
      type: 'session',
      session: SESSION,
      again: true,
    });
    assert.equal(asks(over.effects), 2);
    assert.equal(step(over.state, expired).state.error?.code, undefined, 'a pause first');
    const rested = step(over.state, { type: 'timer', name: 'rest' }).state;
    assert.equal(step(rested, expired).state.error?.code, 'token-expired');
    assert.equal(step(state, { type: 'timer', name: 'expiry' }).effects.length, 0);
  });

  test('are in use until their page says that they are over, whatever the route answers', () => {
    const near = play(...opened(), { type: 'timer', name: 'expiry' }, { type: 'renew' }).state;
    assert.equal(step(near, { type: 'session-failed', error: ERROR }).state.phase, 'ready');
    const over = play(...opened(), expired, { type: 'renew' }).state;
    assert.equal(step(over, { type: 'session-failed', error: ERROR }).state.phase, 'failed');
  });

  test('a new one that comes while money moves is let go', () => {
    const paying = play(...opened(), expired, { type: 'renew' }, { type: 'frame-busy', locked: true }).state;
    assert.equal(step(paying, { type: 'session', session: SESSION }).state, paying);
  });

  // G-28: known from the page that takes the token, and only while nothing can have been paid
  for (const [name, inputs, kind] of [
    ['said to be over, and nobody wanted another', [expired], 'expired'],
    ['said to be over, while another is on its way', [expired, { type: 'renew' }], 'expired'],
    [
      'said to be over, and no other could be had',
      [expired, { type: 'renew' }, { type: 'session-failed', error: ERROR }],
      'expired',
    ],
    [
      'said to be over twice, because the same one came',
      [
        expired,
        { type: 'renew' },
        { type: 'session', session: SESSION, again: true },
        { type: 'timer', name: 'rest' },
        expired,
      ],
      'expired',
    ],
    [
      'said to be over, and renewed',
      [expired, { type: 'renew' }, { type: 'session', session: { ...SESSION } }],
      'cancelled',
    ],
    ['near its end by the clock alone', [{ type: 'timer', name: 'expiry' }], 'cancelled'],
    ['said to be over while money moves', [{ type: 'frame-busy', locked: true }, expired], 'unknown'],
    ['said to be over once it was paid with', [pending, expired], 'pending'],
    ['said to be over after the bank', [{ type: 'returned' }, expired], 'unknown'],
  ] as readonly (readonly [string, readonly Input[], string])[]) {
    test(`whoever leaves one ${name} is told: ${kind}`, () => {
      const [outcome] = outcomes(play(...opened(), ...inputs, { type: 'detach' }).effects);
      assert.deepEqual([outcome?.kind, outcome?.verified], [kind, false]);
    });
  }

  test('a page that is opened again is told the last one again', () => {
    const { state } = play(...opened(), expired, { type: 'renew' }, { type: 'session', session: SESSION });
    assert.deepEqual(names(step(state, { type: 'hello' }).effects), ['send-session']);
  });
});

describe('a payment without a hosted page', () => {
  const charged = (phase: 'busy' | 'challenge'): Input => ({ type: 'resume', session: SESSION, phase });

  test('waits for the backend, whatever the gateway answered', () => {
    const { state, effects } = play(charged('busy'), seesSuccess);
    assert.equal(state.phase, 'busy');
    assert.ok(names(effects).includes('start-feed'));
    assert.deepEqual(outcomes(effects), []);
    assert.equal(outcomes(play(charged('busy'), seesSuccess, succeeded).effects)[0]?.verified, true);
  });

  test('coming back from the bank decides nothing, and starts the time for the backend to', () => {
    const { state, effects } = play(charged('challenge'), { type: 'returned' });
    assert.equal(state.phase, 'busy');
    assert.deepEqual(outcomes(effects), []);
    const waited = play(charged('challenge'), { type: 'returned' }, { type: 'timer', name: 'confirm' });
    assert.equal(outcomes(waited.effects)[0]?.kind, 'unknown');
  });

  test('the backend may know before the shopper is back', () => {
    const { effects } = play(charged('challenge'), succeeded, { type: 'returned' }, failed);
    assert.deepEqual(
      outcomes(effects).map(({ kind }) => kind),
      ['succeeded'],
    );
  });

  test('that is left or asked about again is never taken for one that was not made', () => {
    const back = play(charged('busy'), { type: 'returned' }).state;
    assert.equal(outcomes(step(back, { type: 'close-agreed' }).effects)[0]?.kind, 'unknown');
    const again = step(back, { type: 'retry' });
    assert.equal(again.state.phase, 'busy');
    assert.deepEqual(names(again.effects), []);
  });

  test('nobody can put another payment in the place of one that may still move money', () => {
    const { state } = play(...opened(), pending, charged('busy'));
    assert.equal(state.knowledge?.status, 'pending');
    assert.equal(state.phase, 'ready');
  });
});

/** For each property; some hundred thousand lives in all. */
const LIVES = 20_000;

describe('after an unknown outcome', () => {
  const unknown: readonly Input[] = [...opened(), seesSuccess, { type: 'timer', name: 'confirm' }];

  test('says so, and asks once more when the shopper wants to know', () => {
    const { state } = play(...unknown);
    assert.equal(state.error?.code, 'status-unreachable');
    const again = step(state, { type: 'retry' });
    assert.deepEqual(names(again.effects), ['start-feed', 'start-timer']);
    assert.equal(again.state.phase, 'busy');
    assert.equal(again.state.error, undefined);
  });

  test('what the backend says then is a status, not a second outcome', () => {
    const { state, effects } = play(...unknown, { type: 'retry' }, succeeded);
    assert.equal(outcomes(effects).length, 1);
    assert.equal(state.outcome?.kind, 'unknown');
    assert.equal(state.phase, 'settled');
    assert.deepEqual(
      { status: state.knowledge?.status, verified: state.knowledge?.verified },
      { status: 'succeeded', verified: true },
    );
    assert.ok(names(effects.slice(-5)).includes('tell-status'));
  });

  test('asked in vain, the question stands again', () => {
    const { state, effects } = play(...unknown, { type: 'retry' }, { type: 'timer', name: 'confirm' });
    assert.equal(outcomes(effects).length, 1);
    assert.equal(state.phase, 'settled');
    assert.equal(state.error?.code, 'status-unreachable');
  });

  test('closed while it is asked again, nothing is left that could end another session', () => {
    const asked = play(...unknown, { type: 'retry' }).state;
    const { effects } = step(asked, { type: 'close-agreed' });
    assert.ok(effects.some((effect) => effect.do === 'stop-timer' && effect.name === 'confirm'));
    assert.deepEqual(outcomes(effects), []);
  });

  test('only a certain failure lets the shopper pay again', () => {
    const wants = (...more: readonly Input[]) =>
      names(play(...unknown, ...more, { type: 'token-expired' }).effects).includes('ask-renew');
    assert.equal(wants(), false);
    assert.equal(wants({ type: 'retry' }, succeeded), false);
    assert.equal(wants({ type: 'retry' }, failed), true);
  });
});

describe('an order that another tab has open', () => {
  const occupied: Input = { type: 'occupied', error: CashierError.of('session-failed') };

  test('is put away here, and followed', () => {
    const { state, effects } = play(...opened(), occupied);
    assert.deepEqual(names(effects.slice(-3)), ['close-frame', 'stop-timer', 'tell-error']);
    assert.equal(state.phase, 'failed');
    assert.equal(outcomes(play(...opened(), occupied, succeeded).effects)[0]?.kind, 'succeeded');
  });

  test('gets a session of its own when the other tab left without paying', () => {
    assert.equal(names(play(...opened(), occupied, { type: 'retry' }).effects).at(-1), 'fetch-session');
  });

  test('is only waited for once it has been paid on', () => {
    const { state, effects } = play(...opened(), occupied, pending, { type: 'retry' });
    assert.equal(state.phase, 'busy');
    assert.ok(!names(effects.slice(5)).includes('fetch-session'));
    assert.ok(!names(effects.slice(8)).includes('open-frame'));
  });

  test('does not disturb the tab that pays', () => {
    for (const moved of [[pending], [seesSuccess], [{ type: 'frame-busy', locked: true }]] as const) {
      const before = play(...opened(), ...moved).state;
      assert.equal(step(before, occupied).state, before);
    }
    const returned = play({ type: 'resume', session: SESSION, phase: 'busy' }).state;
    assert.equal(step(returned, occupied).state, returned);
  });
});

// The feed used to end with the frame.
test('a page that is opened again while money moves goes on being confirmed', () => {
  const { effects } = play(...opened(), { type: 'frame-busy', locked: true }, { type: 'retry' });
  assert.ok(names(effects).includes('open-frame'));
  assert.ok(!names(effects).includes('stop-feed'));
});

describe('in any order of events', () => {
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.constantFrom<Input>(
      { type: 'open' },
      { type: 'session', session: SESSION },
      { type: 'session-failed', error: ERROR },
      { type: 'hello' },
      { type: 'frame-ready' },
      { type: 'frame-busy', locked: true },
      { type: 'frame-busy', locked: false },
      seesSuccess,
      seesFailure,
      { type: 'hint', status: 'pending' },
      succeeded,
      failed,
      pending,
      { type: 'token-expired' },
      { type: 'frame-error', error: CashierError.of('csp-blocked') },
      { type: 'feed-error', error: CashierError.of('status-unreachable') },
      { type: 'timer', name: 'hello' },
      { type: 'timer', name: 'confirm' },
      { type: 'timer', name: 'expiry' },
    ),
    fc.constantFrom<Input>(
      { type: 'close', by: 'shopper' },
      { type: 'close-agreed' },
      { type: 'renew' },
      { type: 'retry' },
      { type: 'detach' },
      { type: 'prewarm' },
      { type: 'loaded', usable: true },
      { type: 'loaded', usable: false },
      { type: 'frame-error', error: CashierError.of('protocol-mismatch') },
      { type: 'session', session: { ...SESSION, trackingId: 'order-2' }, moved: true },
      { type: 'resume', session: SESSION, phase: 'busy' },
      { type: 'resume', session: SESSION, phase: 'challenge' },
      { type: 'returned' },
      { type: 'occupied', error: ERROR },
    ),
  );
  const life = fc.array(input, { maxLength: 40, size: 'max' });

  /** Calls back after each step with what came before it. */
  function eachStep(
    inputs: readonly Input[],
    check: (now: { before: State; input: Input; state: State; effects: readonly Effect[] }) => void,
  ): void {
    let before = INITIAL;
    for (const next of [...opened(), ...inputs]) {
      const { state, effects } = step(before, next);
      check({ before, input: next, state, effects });
      before = state;
    }
  }

  const holds = (property: (inputs: readonly Input[]) => void): void => {
    fc.assert(fc.property(life, property), { numRuns: LIVES });
  };

  test('a session has at most one outcome', () => {
    holds((inputs) => {
      let told = 0;
      eachStep(inputs, ({ before, state, effects }) => {
        const isAnother = before.outcome && !state.outcome;
        if (isAnother) told = 0;
        told += outcomes(effects).length;
        assert.ok(told <= 1);
        if (state.phase === 'idle') told = 0;
      });
    });
  });

  test('"succeeded" and "failed" are said only after the backend said so in this session', () => {
    holds((inputs) => {
      let said = new Set<string>();
      eachStep(inputs, ({ before, input: next, state, effects }) => {
        if ((next.type === 'session' || next.type === 'resume') && before.outcome) said = new Set();
        if (next.type === 'report') said.add(next.status);
        for (const { kind, verified } of outcomes(effects)) {
          const isDecided = kind === 'succeeded' || kind === 'failed';
          assert.equal(verified, isDecided);
          if (isDecided) assert.ok(said.has(kind));
        }
        if (state.phase === 'idle') said = new Set();
      });
    });
  });

  test('money that moves keeps the cashier open', () => {
    holds((inputs) => {
      eachStep(inputs, ({ before, input: next, effects }) => {
        if (!before.locked || next.type === 'detach' || next.type === 'retry') return;
        assert.ok(!names(effects).includes('close-frame'));
      });
    });
  });

  test('no token is minted while a payment may be under way', () => {
    holds((inputs) => {
      eachStep(inputs, ({ before, effects }) => {
        if (!names(effects).includes('fetch-session')) return;
        const { knowledge, outcome, phase } = before;
        const isCertain = knowledge?.verified === true && knowledge.status === 'failed';
        assert.ok(knowledge === undefined || outcome?.kind === 'failed' || isCertain || phase === 'idle');
      });
    });
  });

  test('what the backend said to be final is never taken back', () => {
    holds((inputs) => {
      eachStep(inputs, ({ before, input: next, state }) => {
        const { knowledge } = before;
        const begins = next.type === 'session' || next.type === 'resume' || state.phase === 'idle';
        if (!knowledge?.verified || knowledge.status === 'pending' || begins) return;
        assert.equal(state.knowledge, knowledge);
      });
    });
  });

  test('whoever waits for a confirmation has a deadline, at which the outcome is unknown', () => {
    holds((inputs) => {
      const armed = new Set<string>();
      eachStep(inputs, ({ state, effects }) => {
        for (const effect of effects) {
          if (effect.do === 'start-timer') armed.add(effect.name);
          if (effect.do === 'stop-timer') armed.delete(effect.name);
        }
        const { knowledge, outcome } = state;
        const waits = knowledge && knowledge.status !== 'pending' && !knowledge.verified && !outcome;
        if (!waits) return;
        assert.ok(armed.has('confirm'));
        const end = step(state, { type: 'timer', name: 'confirm' });
        assert.equal(outcomes(end.effects)[0]?.kind, 'unknown');
      });
    });
  });
});
