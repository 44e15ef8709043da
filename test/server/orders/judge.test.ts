/** Each pair of what an order is and what the gateway says of it, as a table. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applied, decided, judge, undecided } from '../../../src/server/orders/judge.ts';
import {
  type Decision,
  type Difference,
  opened,
  type Order,
  type OrderEvent,
  type Terms,
} from '../../../src/server/orders/order.ts';
import { openUntil, reportOf, standingOf } from '../../../src/server/orders/reading.ts';
import { NOON, said, TERMS } from './events.ts';

const A = 'a';
const B = 'b';
const HALF_AN_HOUR = 30 * 60_000;
const word = (rawStatus: string, transactionId = A, more: Partial<OrderEvent> = {}): OrderEvent =>
  said(rawStatus, { transactionId, ...more });

const opening = { by: 'token', flow: 'deposit', at: NOON, until: NOON + HALF_AN_HOUR } as const;
const open = (order?: Order, more: Partial<Order['openings'][0]> = {}, terms: Terms = TERMS): Order =>
  opened(order, 'order-1', terms, { ...opening, ...more });

interface Heard {
  readonly event: OrderEvent;
  readonly decision?: Decision;
}
const hear = (order: Order | undefined, { event, decision }: Heard): Order | undefined => {
  const judged = judge(order, event);
  if (judged.verdict === 'duplicate') return order;
  const mismatch = 'change' in judged ? judged.change.mismatch : undefined;
  return applied(order, event, {
    now: NOON,
    ...(mismatch && { mismatch }),
    ...(decision && judged.verdict === 'mismatch' && { decision }),
  });
};
const life = (
  events: readonly (OrderEvent | Heard)[],
  order: Order | undefined = open(),
): Order | undefined => events.map((one) => ('event' in one ? one : { event: one })).reduce(hear, order);

interface Row {
  readonly what: string;
  readonly before: readonly (OrderEvent | Heard)[];
  readonly event: OrderEvent;
  readonly verdict: ReturnType<typeof judge>['verdict'];
  readonly mismatch?: readonly Difference[];
  readonly late?: true;
  readonly previous?: string;
  /** What the page hears afterwards, and whether more may be opened. */
  readonly page: 'pending' | 'succeeded' | 'failed';
  readonly raw: string;
  readonly standing: ReturnType<typeof standingOf>;
}

const WRONG = { amount: '0.01' };
const CHECKED = { page: 'pending', raw: 'checking', standing: 'open' } as const;
const PAID = { page: 'succeeded', raw: 'successful', standing: 'paid' } as const;
const OPEN = { page: 'pending', raw: 'pending', standing: 'open' } as const;
const FAILED = { page: 'failed', raw: 'rejected', standing: 'payable' } as const;

const ROWS: readonly Row[] = [
  { what: 'the first pending', before: [], event: word('pending'), verdict: 'new', ...OPEN },
  {
    what: 'success after pending',
    before: [word('pending')],
    event: word('successful'),
    verdict: 'new',
    previous: 'pending',
    ...PAID,
  },
  { what: 'success without pending', before: [], event: word('successful'), verdict: 'new', ...PAID },
  { what: 'a decline', before: [], event: word('rejected'), verdict: 'new', ...FAILED },
  {
    what: 'the same again',
    before: [word('successful')],
    event: word('successful'),
    verdict: 'duplicate',
    ...PAID,
  },
  {
    what: 'the same again, after more',
    before: [word('pending'), word('successful')],
    event: word('pending'),
    verdict: 'duplicate',
    ...PAID,
  },
  // G-22, F61
  {
    what: 'a pending overtaken by the end',
    before: [word('successful')],
    event: word('pending'),
    verdict: 'stale',
    ...PAID,
  },
  {
    what: 'a pending that a success overtook for which the shop is asked',
    before: [word('successful', A, WRONG)],
    event: word('pending', A, WRONG),
    verdict: 'stale',
    ...CHECKED,
  },
  // Row 4, M4
  {
    what: 'A’s decline, come late, while B is pending',
    before: [word('pending', B)],
    event: word('rejected', A),
    verdict: 'new',
    ...OPEN,
  },
  {
    what: 'A’s decline, known before, while B is pending',
    before: [word('pending', A), word('rejected', A)],
    event: word('pending', B),
    verdict: 'new',
    ...OPEN,
  },
  {
    what: 'B’s decline after A’s',
    before: [word('rejected', A), word('pending', B)],
    event: word('rejected', B),
    verdict: 'new',
    previous: 'pending',
    ...FAILED,
  },
  {
    what: 'A’s decline after B paid',
    before: [word('successful', B)],
    event: word('rejected', A),
    verdict: 'new',
    ...PAID,
  },
  // Row 5, M5
  {
    what: 'success after a decline of the same transaction',
    before: [word('rejected')],
    event: word('successful'),
    verdict: 'new',
    late: true,
    previous: 'failed',
    ...PAID,
  },
  {
    what: 'a success taken back by a word that may have been overtaken',
    before: [word('successful')],
    event: word('rejected'),
    verdict: 'mismatch',
    mismatch: ['status'],
    previous: 'succeeded',
    ...PAID,
  },
  {
    what: 'a second payment of one order',
    before: [word('successful', A)],
    event: word('successful', B),
    verdict: 'mismatch',
    mismatch: ['paid-twice'],
    ...PAID,
  },
  // Row 1, M1, T56: authentic, with the wrong content
  ...(
    [
      ['less than ordered', { amount: '0.01' }, ['amount']],
      ['more than ordered', { amount: '1000.05' }, ['amount']],
      ['nothing', { amount: '0.00' }, ['amount']],
      ['another currency', { currency: 'HUF' }, ['currency']],
      ['money that went the other way', { type: 'withdrawal' }, ['type']],
      ['a type that was never ordered', { type: 'chargeback' }, ['type']],
      ['another shopper', { userId: '129' }, ['user']],
      [
        'all of it wrong',
        { amount: '1.00', currency: 'USD', type: 'withdrawal', userId: '1' },
        ['amount', 'currency', 'type', 'user'],
      ],
    ] as const
  ).map(([what, more, mismatch]) => ({
    what: `success: ${what}`,
    before: [],
    event: word('successful', A, more),
    verdict: 'mismatch' as const,
    mismatch,
    ...CHECKED,
  })),
  {
    what: 'a pending withdrawal for a deposit',
    before: [],
    event: word('pending', A, { type: 'withdrawal' }),
    verdict: 'mismatch',
    mismatch: ['type'],
    ...OPEN,
  },
  {
    what: 'a decline of something else: no money moved',
    before: [],
    event: word('rejected', A, WRONG),
    verdict: 'new',
    mismatch: ['amount'],
    ...FAILED,
  },
  {
    what: 'what the gateway leaves out does not differ',
    before: [],
    event: word('successful', A, { userId: '', type: '' }),
    verdict: 'new',
    ...PAID,
  },
  {
    what: 'the same amount, written otherwise',
    before: [],
    event: word('successful', A, { amount: '10.0500', type: 'Deposit' }),
    verdict: 'new',
    ...PAID,
  },
  {
    what: 'the right amount after a wrong one',
    before: [word('successful', A, WRONG)],
    event: word('successful'),
    verdict: 'new',
    previous: 'succeeded',
    ...PAID,
  },
  {
    what: 'a wrong success beside an earlier decline',
    before: [word('rejected', A)],
    event: word('successful', B, WRONG),
    verdict: 'mismatch',
    mismatch: ['amount'],
    ...CHECKED,
  },
  {
    what: 'the success of a pending that the shop accepted as it is',
    before: [{ event: word('pending', A, WRONG), decision: 'accept' }],
    event: word('successful', A, WRONG),
    verdict: 'new',
    previous: 'pending',
    ...PAID,
  },
  {
    what: 'more of a transaction whose success the shop refused',
    before: [{ event: word('successful', A, WRONG), decision: 'refuse' }],
    event: word('refunded', A, WRONG),
    verdict: 'new',
    mismatch: ['amount'],
    previous: 'failed',
    page: 'failed',
    raw: 'refused',
    standing: 'payable',
  },
  // Words the book does not know
  {
    what: 'an unknown word before the end',
    before: [word('pending')],
    event: word('on_hold'),
    verdict: 'new',
    previous: 'pending',
    page: 'pending',
    raw: 'on_hold',
    standing: 'open',
  },
  {
    what: 'a refund after success',
    before: [word('successful')],
    event: word('refunded'),
    verdict: 'new',
    previous: 'succeeded',
    ...PAID,
  },
  {
    what: 'a refund of a part',
    before: [word('successful')],
    event: word('refunded', A, { amount: '3.00', type: 'refund' }),
    verdict: 'new',
    mismatch: ['amount', 'type'],
    previous: 'succeeded',
    ...PAID,
  },
  {
    what: 'another refund of a part',
    before: [word('successful'), word('refunded', A, { amount: '3.00' })],
    event: word('refunded', A, { amount: '4.00' }),
    verdict: 'new',
    mismatch: ['amount'],
    previous: 'succeeded',
    ...PAID,
  },
  {
    what: 'an unknown word after a decline',
    before: [word('rejected')],
    event: word('chargeback'),
    verdict: 'new',
    previous: 'failed',
    ...FAILED,
  },
];

describe('judge', () => {
  for (const { what, before, event, verdict, mismatch, late, previous, page, raw, standing } of ROWS) {
    test(`${what}: ${verdict}, and the page hears ${page}`, () => {
      const order = life(before);
      const judged = judge(order, event);
      assert.equal(judged.verdict, verdict);
      if ('change' in judged) {
        assert.deepEqual(judged.change.mismatch, mismatch);
        assert.equal(judged.change.late, late);
        assert.equal(judged.change.previous, previous);
        assert.equal(judged.change.rawStatus, event.rawStatus);
        assert.equal(judged.change.orderStatus, page);
      }
      const after = hear(order, { event });
      assert.ok(after);
      const report = reportOf(after);
      assert.deepEqual([report.status, report.rawStatus], [page, raw]);
      assert.equal(standingOf(after, NOON), standing);
    });
  }

  test('an order that this book never opened has nothing to be compared with', () => {
    const judged = judge(undefined, word('successful', A, WRONG));
    assert.equal(judged.verdict, 'new');
  });

  test('an open amount is what lies between its ends, both included', () => {
    const terms = { ...TERMS, openAmount: { min: '5.00', max: '500' } };
    for (const [amount, isRight] of [
      ['4.99', false],
      ['5', true],
      ['10.05', true],
      ['500.00', true],
      ['500.01', false],
    ] as const) {
      const { verdict } = judge(open(undefined, {}, terms), word('successful', A, { amount }));
      assert.equal(verdict, isRight ? 'new' : 'mismatch', amount);
    }
  });

  // A cart that grew after its token was minted: the old token pays for the old cart only.
  test('what counts is what the shop ordered last', () => {
    const grown = open(open(), {}, { ...TERMS, amount: '200.00' });
    assert.equal(judge(grown, word('successful')).verdict, 'mismatch');
    assert.equal(judge(grown, word('successful', A, { amount: '200.00' })).verdict, 'new');
  });
});

describe('the shop’s decision', () => {
  const odd = (): Order => life([word('successful', A, WRONG)]) ?? assert.fail();
  for (const [decision, status, raw] of [
    ['accept', 'succeeded', 'successful'],
    ['refuse', 'failed', 'refused'],
  ] as const) {
    test(`${decision}: the page hears ${status}`, () => {
      const order = odd();
      const state = undecided(order, A) ?? assert.fail('it waits');
      const after = decided(order, A, state, { now: NOON, decision });
      assert.ok(after.version > order.version);
      assert.deepEqual([reportOf(after).status, reportOf(after).rawStatus], [status, raw]);
      assert.equal(undecided(after, A), undefined);
    });
  }

  test('is not asked for what matched, for what failed, or for what it does not know', () => {
    assert.equal(undecided(life([word('successful')]), A), undefined);
    assert.equal(undecided(life([word('rejected', A, WRONG)]), A), undefined);
    assert.equal(undecided(life([word('refunded', A, WRONG)]), A), undefined);
    assert.equal(undecided(odd(), B), undefined);
    assert.equal(undecided(undefined, A), undefined);
  });
});

describe('a session after a decline', () => {
  const versionOf = (order: Order): number => order.openings.at(-1)?.version ?? 0;
  const heardBy = (order: Order | undefined, after: number): string =>
    order ? reportOf(order, after).status : assert.fail();

  test('does not hear of the decline before it, and hears of its own', () => {
    const again = open(life([word('pending'), word('rejected')]));
    const after = versionOf(again);
    assert.equal(heardBy(again, after), 'pending');
    assert.equal(heardBy(life([word('pending', B), word('rejected', B)], again), after), 'failed');
    assert.equal(heardBy(life([word('successful', B)], again), after), 'succeeded');
  });

  test('hears of money, whichever session it belongs to', () => {
    const again = open(life([word('pending'), word('rejected')]));
    assert.equal(heardBy(life([word('successful', A)], again), versionOf(again)), 'succeeded');
  });

  // Row 7: a decline that this book had not heard of
  test('does not end with a decline that the gateway knew of when it was opened', () => {
    const named = open(undefined, { before: [A] });
    assert.equal(heardBy(life([word('pending'), word('rejected')], named), versionOf(named)), 'pending');
    const unnamed = open(undefined, { owesDecline: true });
    const after = versionOf(unnamed);
    const owed = life([word('rejected', A)], unnamed);
    assert.equal(heardBy(owed, after), 'pending');
    assert.equal(heardBy(life([word('pending', B), word('rejected', B)], owed), after), 'failed');
  });

  test('does not end with a transaction that began before it', () => {
    const again = open(life([word('pending', A)]));
    assert.equal(heardBy(life([word('rejected', A)], again), versionOf(again)), 'pending');
  });
});

describe('a charge', () => {
  const charged = (answer?: string): Order =>
    open(undefined, { by: 'charge', ...(answer && { answer: { transaction_status: answer } }) });

  test('is under way until it is answered, and while what came of it is not known', () => {
    assert.equal(standingOf(charged(), NOON), 'open');
    assert.equal(standingOf(charged('pending'), NOON), 'open');
    assert.equal(standingOf(charged('successful'), NOON), 'open');
    assert.equal(standingOf(charged(), NOON + HALF_AN_HOUR), 'payable');
  });

  test('that was refused may be tried again, whenever its webhook comes', () => {
    assert.equal(standingOf(charged('rejected'), NOON), 'payable');
    assert.equal(standingOf(life([word('rejected')], charged('rejected')), NOON), 'payable');
    assert.equal(standingOf(life([word('rejected')], charged('pending')), NOON), 'payable');
  });
});

test('an order may be forgotten when nothing more can become known of it', () => {
  assert.equal(openUntil(life([word('successful')]) ?? assert.fail()), 0);
  assert.equal(openUntil(life([word('pending')]) ?? assert.fail()), Number.POSITIVE_INFINITY);
  assert.equal(openUntil(life([word('successful', A, WRONG)]) ?? assert.fail()), Number.POSITIVE_INFINITY);
  const declined = openUntil(life([word('rejected')]) ?? assert.fail());
  assert.ok(declined > NOON + HALF_AN_HOUR && declined < Number.POSITIVE_INFINITY);
});
