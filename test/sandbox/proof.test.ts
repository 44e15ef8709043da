/**
 * Money under load and under the knife, on a real PostgreSQL: many transfers at once, many callers with one key, and a
 * server that is killed in the middle. A few of each in `npm test`; `KASSA_PROOF=full` runs the counts that are claimed.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/app.ts';
import { findViolations } from '../../src/sandbox/ledger/invariants.ts';
import type { Sandbox } from '../../src/sandbox/parts.ts';
import { openStore, type Store } from '../../src/sandbox/store/store.ts';
import { isApiError } from '../../src/server/errors.ts';
import { createNxos, type Nxos } from '../../src/server/nxos/client.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { program } from '../program.ts';
import { NXOS } from './running.ts';

const FULL = { transfers: 10_000, keys: 1_000, kills: 200 };
const FEW = { transfers: 600, keys: 40, kills: 3 };
const COUNTS = process.env.KASSA_PROOF === 'full' ? FULL : FEW;
const ACCOUNTS = 10;
const CONNECTIONS = 16;
const CALLERS = 16;

const found = await createTestDatabase();
const database: TestDatabase | undefined = 'missing' in found ? undefined : found;
if ('missing' in found) console.log(`Proofs on PostgreSQL: NOT TESTED, none can be had (${found.missing})`);

/** Who pays whom, how much, and when the knife falls: the same again with `KASSA_SEED`. */
const SEED = Number(process.env.KASSA_SEED ?? Date.now() % 1_000_000);
console.log(`  seed ${SEED}`);
let chance = SEED;
/** Lehmer's generator: any will do. */
function randomInt(least: number, below?: number): number {
  chance = (chance * 48_271 + 11) % 2_147_483_647;
  const [from, to] = below === undefined ? [0, least] : [least, below];
  return from + (chance % (to - from));
}

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10;
const report = (text: string): void => console.log(`  ${text}`);

/** Runs `count` jobs, `width` at a time. */
async function inParallel(count: number, width: number, job: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const at = next;
      next += 1;
      await job(at);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}

describe('on PostgreSQL', { skip: !database }, () => {
  let store: Store;
  let sandbox: Sandbox;
  const options: SandboxOptions = {
    clock: Date.UTC(2026, 10, 21, 12),
    database: { databaseUrl: database?.url, connections: CONNECTIONS },
  };
  const clientOf = (to: Sandbox, apiKey: string): Nxos =>
    createNxos({
      apiKey,
      baseUrl: 'http://127.0.0.1/nxos',
      fetch: (url, init) => to.fetch(new Request(url, init)),
      // Everybody in a hurry: more races for the money.
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 50)),
    });

  before(async () => {
    if (!database) return;
    sandbox = await createSandbox(options);
    store = await openStore({ databaseUrl: database.url });
  });
  after(async () => {
    if (!database) return;
    await sandbox.close();
    await store.close();
    await database.drop();
  });

  // T63, F81
  test(`${COUNTS.transfers} transfers between ${ACCOUNTS} accounts over ${CONNECTIONS} connections`, async () => {
    await sandbox.reset();
    const start = 1_000_00;
    const members = await Promise.all(
      Array.from({ length: ACCOUNTS }, async (_, at) => {
        const response = await sandbox.fetch(
          new Request('http://127.0.0.1/_sandbox/nxos/organizations', {
            method: 'POST',
            headers: { host: '127.0.0.1' },
            body: JSON.stringify({
              name: `Member ${at}`,
              handle: `member-${at}`,
              balances: { USD: '1000.00' },
            }),
          }),
        );
        const { key, accountId } = (await response.json()) as { key: string; accountId: string };
        return { client: clientOf(sandbox, key), accountId };
      }),
    );
    const paths = await Promise.all(
      members.map(({ client, accountId }, from) =>
        Promise.all(
          members.map(async (_, to) =>
            from === to
              ? ''
              : (await client.createBeneficiary({ accountId, nickname: 'x', targetHandle: `member-${to}` }))
                  .beneficiaryId,
          ),
        ),
      ),
    );

    const outcomes = { done: 0, insufficient: 0 };
    const began = performance.now();
    await inParallel(COUNTS.transfers, CONNECTIONS, async () => {
      const from = randomInt(ACCOUNTS);
      const to = (from + 1 + randomInt(ACCOUNTS - 1)) % ACCOUNTS;
      const member = members[from];
      const amount = `${randomInt(400)}.${String(randomInt(1, 100)).padStart(2, '0')}`;
      try {
        await member?.client.sendTransfer({
          accountId: member.accountId,
          beneficiaryId: paths[from]?.[to] ?? '',
          amount,
          asset: 'USD',
        });
        outcomes.done += 1;
      } catch (error) {
        // A deadlock or a lost connection would be another one.
        assert.ok(isApiError(error) && error.code === 'insufficient_funds', String(error));
        outcomes.insufficient += 1;
      }
    });
    const took = seconds(began);
    report(
      `${outcomes.done} done, ${outcomes.insufficient} refused for want of money, ${Math.round(COUNTS.transfers / took)}/s`,
    );

    let total = 0;
    for (const { client, accountId } of members) {
      const [balance] = (await client.getAccount(accountId)).balances;
      assert.match(balance?.amount ?? '', /^[0-9]+\.[0-9]{2}$/);
      total += Number(balance?.amount.replace('.', ''));
    }
    assert.equal(total, start * ACCOUNTS);
    assert.equal(outcomes.done + outcomes.insufficient, COUNTS.transfers);
    assert.deepEqual(await findViolations(store.db), []);
  });

  // F77, M5: two servers on one database, so that only the database can know
  test(`${COUNTS.keys} idempotency keys, each raced by ${CALLERS} callers: each is done once`, async () => {
    await sandbox.reset();
    const other = await createSandbox(options);
    const began = performance.now();
    let waits = 0;
    const clients = [sandbox, other].map((server) => clientOf(server, 'nxos_sk_test_kassa_a'));
    await inParallel(COUNTS.keys, 2, async (at) => {
      const race = async (caller: number) => {
        try {
          return await clients[caller % 2]?.sendTransfer(
            { accountId: NXOS.account, beneficiaryId: NXOS.beneficiary, amount: '0.01', asset: 'USD' },
            { idempotencyKey: `race-${at}` },
          );
        } catch (error) {
          // Five attempts were not enough to see the first one end.
          assert.ok(isApiError(error) && error.code === 'idempotency_request_in_flight', String(error));
          waits += 1;
          return undefined;
        }
      };
      const answers = await Promise.all(Array.from({ length: CALLERS }, (_, caller) => race(caller)));
      const ids = new Set(answers.flatMap((answer) => (answer ? [answer.transactionId] : [])));
      assert.equal(ids.size, 1);
      assert.equal(answers.filter((answer) => answer && !answer.replayed).length, 1);
    });
    const spent = (await clients[0]?.getAccount(NXOS.account))?.balances.find(({ asset }) => asset === 'USD');
    assert.equal(spent?.amount, (15_000 - COUNTS.keys / 100).toFixed(2));
    assert.deepEqual(await findViolations(store.db), []);
    report(
      `${COUNTS.keys} executions of ${COUNTS.keys * CALLERS} requests, ${waits} gave up waiting, ${seconds(began)} s`,
    );
    await other.close();
  });

  // F69, G3
  test(`${COUNTS.kills} times kill -9 in the middle of transfers: nothing acknowledged is lost, nothing is half done`, async () => {
    await sandbox.reset();
    const began = performance.now();
    let acknowledged = 0;
    let recovered = 0;
    /** Sent, and never answered. */
    let open: readonly string[] = [];
    const seen: string[] = [];
    let standby = await startServer();
    for (let kill = 0; kill < COUNTS.kills; kill += 1) {
      const server = standby;
      const next = startServer();
      const client = createNxos({
        apiKey: 'nxos_sk_test_kassa_a',
        baseUrl: `${server.url}/nxos`,
        timeoutMs: PATIENCE_MS,
      });
      const send = (idempotencyKey: string, signal?: AbortSignal) =>
        client.sendTransfer(
          { accountId: NXOS.account, beneficiaryId: NXOS.beneficiary, amount: '0.01', asset: 'USD' },
          { idempotencyKey, ...(signal && { signal }) },
        );
      // What the last server took with it: asked for again, it is done once, whatever had become of it.
      for (const key of open) {
        seen.push((await send(key)).transactionId);
        recovered += 1;
      }
      const gone = new AbortController();
      const unanswered = new Set<string>();
      const callers = Array.from({ length: 8 }, async (_, caller) => {
        for (let count = 0; !gone.signal.aborted; count += 1) {
          const key = `kill-${kill}-${caller}-${count}`;
          unanswered.add(key);
          const sent = await send(key, gone.signal).catch(() => undefined);
          if (!sent) return;
          unanswered.delete(key);
          seen.push(sent.transactionId);
          acknowledged += 1;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 50 + randomInt(350)));
      server.child.kill('SIGKILL');
      gone.abort();
      await Promise.all(callers);
      open = [...unanswered];
      standby = await next;
    }

    const client = createNxos({
      apiKey: 'nxos_sk_test_kassa_a',
      baseUrl: `${standby.url}/nxos`,
      timeoutMs: PATIENCE_MS,
    });
    for (const key of open) {
      const sent = await client.sendTransfer(
        { accountId: NXOS.account, beneficiaryId: NXOS.beneficiary, amount: '0.01', asset: 'USD' },
        { idempotencyKey: key },
      );
      seen.push(sent.transactionId);
      recovered += 1;
    }
    const known = new Set<string>();
    for await (const { transactionId } of client.listTransactions({ accountId: NXOS.account }))
      known.add(transactionId);
    const lost = seen.filter((id) => !known.has(id));
    assert.deepEqual(lost, []);
    assert.equal(known.size, new Set(seen).size);
    assert.equal(new Set(seen).size, acknowledged + recovered);
    const usd = (await client.getAccount(NXOS.account)).balances.find(({ asset }) => asset === 'USD');
    assert.equal(usd?.amount, (15_000 - known.size / 100).toFixed(2));
    assert.deepEqual(await findViolations(store.db), []);
    standby.child.kill('SIGKILL');
    report(
      `${COUNTS.kills} kills, ${acknowledged} transfers acknowledged, ${recovered} asked for again, 0 lost, ${seconds(began)} s`,
    );
  });

  interface Server {
    readonly child: ChildProcess;
    readonly url: string;
  }

  async function startServer(): Promise<Server> {
    const args = [...program('src/command/bin.ts'), '--port', '0', '--database-url', database?.url ?? ''];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    await until(() => said.includes('Ctrl+C') || child.exitCode !== null, 'the server has started');
    const [url] = /http:\S+/.exec(said) ?? assert.fail(said);
    return { child, url };
  }
});
