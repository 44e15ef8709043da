/** The tables as guards: what they take, what they drop, and that nothing makes them throw. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readSession } from '../../src/element/frame/session-source.ts';
import { readReport } from '../../src/element/status/report.ts';
import { readEnvelope } from '../../src/protocol/envelope.ts';
import { FROM_FRAME, HELLO } from '../../src/protocol/messages.ts';
import { FROM_PAGE, WELCOME } from '../../src/protocol/page-messages.ts';
import { FLOWS } from '../../src/model/flows.ts';
import { STATUSES } from '../../src/model/statuses.ts';
import { read } from '../../src/protocol/shape.ts';
import { session, statusReport } from '../../src/wire/session.ts';

const TABLES = { HELLO, WELCOME, ...FROM_FRAME, ...FROM_PAGE };

describe('read', () => {
  test('keeps the named fields and drops the rest', () => {
    const hello = read(HELLO, { v: [1], id: 'n', caps: [], extra: 1 });
    assert.deepEqual({ ...hello }, { v: [1], id: 'n', caps: [] });
  });

  test('refuses a missing, a mistyped and an oversized field', () => {
    assert.equal(read(FROM_FRAME.resize, {}), undefined);
    for (const height of ['100', Number.NaN, -1, 100_001, null]) {
      assert.equal(read(FROM_FRAME.resize, { height }), undefined);
    }
    assert.equal(read(FROM_FRAME.status, { status: 'paid' }), undefined);
    assert.equal(read(FROM_FRAME.navigate, { url: 'x'.repeat(2_049), reason: '' }), undefined);
  });

  // T18
  test('a prototype cannot be reached, and what is inherited does not count', () => {
    const hostile = JSON.parse('{"__proto__": {"locked": true}, "constructor": 1}') as unknown;
    assert.equal(read(FROM_FRAME.busy, hostile), undefined);
    assert.equal(Object.getPrototypeOf(read(FROM_FRAME.busy, { locked: true })), null);
  });

  test('nothing makes a guard throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        for (const table of Object.values(TABLES)) read(table, value);
        readEnvelope(value);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an envelope', () => {
  test('is three plain fields', () => {
    assert.deepEqual(readEnvelope({ n: 1, t: 'ready', d: {} }), { n: 1, t: 'ready', d: {} });
    assert.equal(readEnvelope({ n: 1, t: 'x'.repeat(33), d: {} }), undefined);
    assert.equal(readEnvelope({ n: -1, t: 'ready', d: {} }), undefined);
    assert.equal(readEnvelope('ready'), undefined);
  });
});

describe('what the element reads without zod is what the wire’s schemas describe', () => {
  const text = fc.oneof(
    { weight: 16, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, 1, null, {}) },
  );

  test('a session', () => {
    const maybe = fc.oneof(
      { weight: 8, arbitrary: fc.string({ maxLength: 20 }) },
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(1, null, {}) },
    );
    const flow = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...FLOWS) },
      { weight: 1, arbitrary: text },
    );
    const record = { token: text, flow, trackingId: text, cashierUrl: text };
    const optional = { url: maybe, statusUrl: maybe, returnUrl: maybe, expiresAt: maybe };
    assert.deepEqual(Object.keys({ ...record, ...optional }).sort(), Object.keys(session.shape).sort());
    let sessions = 0;
    fc.assert(
      fc.property(fc.record({ ...record, ...optional }), (value) => {
        const parsed = session.safeParse(value);
        const known = readSession({ ...value, later: 'a field of a newer backend' });
        if (known) sessions += 1;
        assert.deepEqual(known, parsed.success ? withoutHoles(parsed.data) : undefined);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(sessions > 300, `${sessions} were sessions`);
    const whole = { token: 't', flow: 'deposit', trackingId: 'o', cashierUrl: 'https://pay.example/' };
    assert.deepEqual(readSession(whole), whole);
    assert.equal(readSession({ ...whole, token: 't'.repeat(513) }), undefined);
    assert.equal(readSession({ ...whole, token: '' }), undefined);
    assert.equal(readSession(Object.create(whole)), undefined);
  });

  test('a status report', () => {
    const report = fc.record({
      trackingId: text,
      status: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...STATUSES) },
        { weight: 1, arbitrary: text },
      ),
      rawStatus: text,
      transactionId: fc.option(fc.string(), { nil: undefined }),
      reason: fc.option(fc.string(), { nil: undefined }),
    });
    let read = 0;
    fc.assert(
      fc.property(report, (value) => {
        const parsed = statusReport.safeParse(value);
        const known = readReport(value);
        if (known) read += 1;
        assert.deepEqual(known, parsed.success ? withoutHoles(parsed.data) : undefined);
      }),
      { numRuns: 2_000 },
    );
    assert.ok(read > 300, `${read} were reports`);
  });
});

const withoutHoles = (value: object): unknown => JSON.parse(JSON.stringify(value));
