/** The phases of a cashier on the browser's own timeline. */
import { assert } from '@open-wc/testing';
import { type Timing, timeCashiers } from '../../docs/snippets/timings.ts';
import type { KassaCashier } from '../../src/element/cashier-element.ts';
import { countFrame } from '../../src/element/frame/timeline.ts';
import { createMarks } from '../../src/element/marks.ts';
import { clear, mount, next, order, sessionWith, until } from './fixture.ts';

const ID = 'an-order-of-ada';
const WHOLE = ['kassa:session', 'kassa:frame', 'kassa:ready', 'kassa:outcome'];

const marks = (): PerformanceMark[] =>
  performance.getEntriesByType('mark').filter(({ name }) => name.startsWith('kassa:')) as PerformanceMark[];
const cashierOf = ({ detail }: PerformanceMark): number => (detail as { cashier: number }).cashier;

/** Its marks, by name, for each cashier in the order of its first. */
function phases(): readonly string[][] {
  const said = marks();
  const numbers = [...new Set(said.map(cashierOf))];
  return numbers.map((one) => said.filter((mark) => cashierOf(mark) === one).map(({ name }) => name));
}

async function pay(cashier: KassaCashier): Promise<void> {
  const ended = next(cashier, 'kassa-outcome');
  order(cashier, { say: ['status', { status: 'succeeded', transactionId: ID, reason: 'Ada Lovelace' }] });
  await ended;
}

beforeEach(() => performance.clearMarks());
afterEach(clear);

describe('the timeline of the browser', () => {
  it('has each phase of a payment as it begins, and nothing of anybody’s', async () => {
    const cashier = await mount(sessionWith('good', { trackingId: ID }), (it) => {
      it.id = ID;
    });
    await next(cashier, 'kassa-ready');
    await pay(cashier);
    assert.deepEqual(phases(), [WHOLE]);
    const times = marks().map(({ startTime }) => startTime);
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other),
    );
    for (const { detail } of marks()) assert.deepEqual(Object.keys(detail as object), ['cashier']);
  });

  it('tells the cashiers of a page apart', async () => {
    const one = await mount(sessionWith('good'));
    await next(one, 'kassa-ready');
    const other = await mount(sessionWith('good', { trackingId: 'order-2' }));
    await next(other, 'kassa-ready');
    await pay(other);
    await pay(one);
    assert.deepEqual(phases(), [WHOLE, WHOLE]);
  });

  it('begins a session when there is somebody to ask, and once', async () => {
    const cashier = await mount(undefined);
    await cashier.updateComplete;
    assert.deepEqual(phases(), []);
    cashier.session = sessionWith('good');
    await next(cashier, 'kassa-ready');
    assert.deepEqual(phases(), [WHOLE.slice(0, 3)]);
  });

  // Issue 17, item 7
  it('does not grow for as long as the page lives; who observes it hears all', async () => {
    const heard = new Set<number>();
    const observer = new PerformanceObserver((list) => {
      for (const mark of list.getEntries()) heard.add(cashierOf(mark as PerformanceMark));
    });
    observer.observe({ type: 'mark' });
    for (let count = 0; count < 1_000; count += 1) {
      createMarks()('ready');
      countFrame();
      assert.isAtMost(marks().length, 250);
    }
    await until(() => heard.size >= 1_000, 'each is heard');
    observer.disconnect();
    // The frame of a cashier is counted as these were.
    while (marks().length > 0) countFrame();
    for (let count = 1; count < 250; count += 1) countFrame();
    createMarks()('outcome');
    const cashier = await mount(sessionWith('good'));
    await next(cashier, 'kassa-ready');
    assert.deepEqual(phases(), [['kassa:ready']]);
  });

  it('measures each phase, as the page on analytics does it', async () => {
    const timings: Timing[] = [];
    const observer = timeCashiers((timing) => timings.push(timing));
    const slowly = sessionWith('good');
    const cashier = await mount(() => new Promise((resolve) => setTimeout(resolve, 120, slowly)));
    await next(cashier, 'kassa-ready');
    await pay(cashier);
    await until(() => timings.length === 3, 'three phases');
    observer.disconnect();
    assert.deepEqual(
      timings.map(({ phase }) => phase),
      WHOLE.slice(0, 3),
    );
    assert.isAtLeast(timings[0]?.ms ?? 0, 119);
  });
});
