/** A transfer is one statement of the database: whatever comes at once, money neither grows nor shrinks nor moves twice. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { createSandbox } from '../../../src/sandbox/app.ts';
import { findViolations } from '../../../src/sandbox/ledger/invariants.ts';
import { balancesOf } from '../../../src/sandbox/ledger/ledger.ts';
import type { Sandbox } from '../../../src/sandbox/parts.ts';
import { entries } from '../../../src/sandbox/store/ledger-schema.ts';
import { nxosTransactions } from '../../../src/sandbox/store/nxos-schema.ts';
import { deliveries } from '../../../src/sandbox/store/schema.ts';
import { openStore, type Store } from '../../../src/sandbox/store/store.ts';
import { FOLDER, onEachStore, POSTGRES } from '../../contracts/stores.ts';

const MEMBERS = 4;
const START = 10_00n;
const RUNS = 12;
const PATH = '/nxos/v1/transactions/nxosnet-transfers';

interface Member {
  readonly organizationId: string;
  readonly accountId: string;
  readonly key: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
}

// The embedded one in a folder, so that what it wrote can be opened again.
await onEachStore([FOLDER, POSTGRES], (place, kind) => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await createSandbox({ clock: Date.UTC(2026, 10, 21, 12), database: place });
  });
  after(() => sandbox.close());

  const ask = async (
    path: string,
    { body, ...headers }: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    const request = new Request(`http://127.0.0.1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { host: '127.0.0.1', ...headers },
      ...(body !== undefined && { body }),
    });
    const response = await sandbox.fetch(request);
    const replayed = response.headers.get('idempotent-replayed') === 'true';
    return { status: response.status, text: await response.text(), replayed };
  };
  const make = async <T>(
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> => JSON.parse((await ask(path, { ...headers, body: JSON.stringify(body) })).text) as T;
  const bearer = ({ key }: Member) => ({ authorization: `Bearer ${key}` });

  /** Each with the same money, and a way to each other. */
  async function makeMembers() {
    await sandbox.reset();
    const members: Member[] = [];
    for (let at = 0; at < MEMBERS; at += 1) {
      const member = { name: `Member ${at}`, handle: `member-${at}`, balances: { USD: '10.00' } };
      members.push(await make<Member>('/_sandbox/nxos/organizations', member));
    }
    const ways = new Map<string, string>();
    for (const [from, member] of members.entries()) {
      for (let to = 0; to < MEMBERS; to += 1) {
        if (from === to) continue;
        const payee = { accountId: member.accountId, nickname: 'x', targetHandle: `member-${to}` };
        const { beneficiaryId } = await make<{ beneficiaryId: string }>(
          '/nxos/v1/beneficiaries/nxosnet',
          payee,
          bearer(member),
        );
        ways.set(`${from} ${to}`, beneficiaryId);
      }
    }
    return { members, ways };
  }

  /** The books, by a connection of its own where the place allows of one. */
  async function reading<T>(read: (store: Store) => Promise<T>): Promise<T> {
    if (kind !== POSTGRES) await sandbox.close();
    const store = await openStore(place);
    try {
      return await read(store);
    } finally {
      await store.close();
      if (kind !== POSTGRES) {
        sandbox = await createSandbox({ clock: Date.UTC(2026, 10, 21, 12), database: place });
      }
    }
  }

  const attempt = fc.record({
    from: fc.nat(MEMBERS - 1),
    step: fc.integer({ min: 1, max: MEMBERS - 1 }),
    cents: fc.integer({ min: 1, max: 4_00 }),
    key: fc.option(fc.nat(5)),
  });

  // F77, F81, T63, M5, I1 to I4
  test(`${RUNS} times some 40 transfers at once: the sum stays, each key is used once, and nobody waits in a circle`, async () => {
    const { members, ways } = await makeMembers();
    const known = new Map<string, string>();
    const held = members.map(() => START);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 20, maxLength: 40 }), async (attempts) => {
        run += 1;
        const send = async ({ from, step, cents, key }: (typeof attempts)[number]) => {
          const to = (from + step) % MEMBERS;
          const member = members[from];
          assert.ok(member);
          const body = JSON.stringify({
            accountId: member.accountId,
            beneficiaryId: ways.get(`${from} ${to}`),
            amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
            asset: 'USD',
          });
          const name = key === null ? undefined : `${run}-${key}`;
          const answer = await ask(PATH, {
            ...bearer(member),
            body,
            ...(name !== undefined && { 'idempotency-key': name }),
          });
          return { ...answer, from, to, cents: BigInt(cents), used: name && `${member.key} ${name} ${body}` };
        };
        for (const { status, text, replayed, from, to, cents, used } of await Promise.all(
          attempts.map(send),
        )) {
          const code = /"code":"([a-z_]+)"/.exec(text)?.[1];
          assert.ok(
            status === 200 ||
              ['insufficient_funds', 'idempotency_request_in_flight', 'idempotency_key_in_use'].includes(
                code ?? '',
              ),
            text,
          );
          if (used !== undefined && !code?.startsWith('idempotency')) {
            assert.equal(text, known.get(used) ?? text, 'a key has one answer');
            known.set(used, text);
          }
          if (status !== 200 || replayed) continue;
          held[from] = (held[from] ?? 0n) - cents;
          held[to] = (held[to] ?? 0n) + cents;
        }
      }),
      // What one run moved, the next begins with.
      { numRuns: RUNS, endOnFailure: true },
    );
    for (const [used, text] of known) {
      const [key = '', name = '', ...body] = used.split(' ');
      const again = await ask(PATH, {
        authorization: `Bearer ${key}`,
        'idempotency-key': name,
        body: body.join(' '),
      });
      assert.deepEqual([again.text, again.replayed], [text, true]);
    }
    await reading(async ({ db }) => {
      assert.deepEqual(await findViolations(db), []);
      for (const [at, { accountId }] of members.entries()) {
        const [dollars] = await balancesOf(db, 'nxos', accountId);
        assert.equal(dollars?.amount, held[at], `member ${at}`);
      }
    });
    assert.equal(
      held.reduce((sum, amount) => sum + amount),
      START * BigInt(MEMBERS),
    );
  });

  // what is put into a text by the database can stand in no text of a caller's
  test('both sides are kept and told as they are read, whatever their texts say', async () => {
    const { members, ways } = await makeMembers();
    const [payer, payee] = members;
    assert.ok(payer && payee);
    for (const member of [payer, payee]) {
      const endpoint = { url: 'http://127.0.0.1:9/hook', eventTypes: [] };
      await make('/nxos/v1/webhooks/endpoints', endpoint, bearer(member));
      await make('/nxos/v1/webhooks/endpoints', endpoint, bearer(member));
    }
    const note = '"\\u0000handle" \\u0000account "\\\\u0000request" \'); drop table balances; -- $1 \\1 &';
    const sent = await make<{ transactionId: string; targetHandle: string }>(
      PATH,
      {
        accountId: payer.accountId,
        beneficiaryId: ways.get('0 1'),
        amount: '1.00',
        asset: 'USD',
        note,
        metadata: { '"\\u0000handle"': note },
      },
      { ...bearer(payer), 'idempotency-key': note },
    );
    assert.equal(sent.targetHandle, 'member-1');
    const { told, rows } = await reading(async ({ db }) => ({
      told: await db.select().from(deliveries),
      rows: await db.select().from(nxosTransactions).where(eq(nxosTransactions.amount, 1_00n)),
    }));
    assert.equal(rows.length, 2);
    assert.equal(told.length, 4);
    assert.equal(new Set(told.flatMap(({ id, headers }) => [id, headers['svix-id']])).size, 8);
    for (const [member, id] of rows.map(
      (row) => [row.accountId === payer.accountId ? payer : payee, row.id] as const,
    )) {
      const { text } = await ask(`/nxos/v1/transactions/${id}`, bearer(member));
      const read = JSON.parse(text) as { readonly description: string };
      assert.equal(read.description, note);
      const bodies = told
        .filter(({ subject }) => subject.endsWith(id))
        .map(({ body }) => JSON.parse(body) as unknown);
      const said = { type: 'transaction.status.updated', timestamp: '2026-11-21T12:00:00.000Z', data: read };
      assert.deepEqual(bodies, [said, said]);
    }
  });

  // what is written before the money moves is taken back with it, but for the answer
  test('a transfer of more than there is leaves nothing behind but its answer', async () => {
    const { members, ways } = await makeMembers();
    const [payer] = members;
    assert.ok(payer);
    await make(
      '/nxos/v1/webhooks/endpoints',
      { url: 'http://127.0.0.1:9/hook', eventTypes: [] },
      bearer(payer),
    );
    const [accountId, beneficiaryId] = [payer.accountId, ways.get('0 1')];
    const body = JSON.stringify({ accountId, beneficiaryId, amount: '10.01', asset: 'USD' });
    const send = () => ask(PATH, { ...bearer(payer), body, 'idempotency-key': 'too much' });
    const refused = await send();
    assert.equal(refused.status, 409);
    assert.match(refused.text, /"code":"insufficient_funds"/);
    assert.deepEqual(await send(), { ...refused, replayed: true });
    const { told, rows, moved } = await reading(async ({ db }) => ({
      told: await db.select().from(deliveries),
      rows: await db.select().from(nxosTransactions).where(eq(nxosTransactions.amount, 10_01n)),
      moved: await db.select().from(entries).where(eq(entries.amount, 10_01n)),
    }));
    assert.deepEqual([told, rows, moved], [[], [], []]);
  });

  // who was known a moment ago is looked at again, by the statement itself
  test('a key that is no longer anybody’s moves nothing', async () => {
    const { members, ways } = await makeMembers();
    const [payer] = members;
    assert.ok(payer);
    const [accountId, beneficiaryId] = [payer.accountId, ways.get('0 1')];
    const body = JSON.stringify({ accountId, beneficiaryId, amount: '1.00', asset: 'USD' });
    const send = () => ask(PATH, { ...bearer(payer), body });
    assert.equal((await send()).status, 200);
    await sandbox.reset();
    const { status, text } = await send();
    assert.equal(status, 401);
    assert.match(text, /"code":"invalid_api_key"/);
  });
});
