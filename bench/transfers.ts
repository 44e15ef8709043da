/**
 * Transfers over 16 connections to a real PostgreSQL, each with a key of its own: the sandbox's whole way from a request to
 * its answer, beside the one SQL function that moves the money.
 */
import postgres from 'postgres';
import { startPostgres } from '../test/postgres.ts';
import { publishedSandbox } from './published.ts';
import { type Bench, callMany, compare } from './report.ts';

const CONNECTIONS = 16;
const ACCOUNTS = 10;
const TRANSFERS_A_ROUND = 400;
/** 2,000 a second, where the function alone does 5,000. */
const GOAL = 2.5;

/** The bare thing: two balances in one order, two entries, and nothing of Kassa's. */
const BARE = `
create table bare_balances (account text primary key, amount bigint not null check (amount >= 0));
create table bare_entries (sequence bigserial primary key, transaction text, account text, amount bigint);
insert into bare_balances select n::text, 100000000 from generate_series(0, ${ACCOUNTS - 1}) n;
create function bare_transfer(p_id text, p_from text, p_to text, p_amount bigint) returns void language plpgsql as $$
begin
  perform 1 from bare_balances where account in (p_from, p_to) order by account for update;
  update bare_balances set amount = amount - p_amount where account = p_from;
  update bare_balances set amount = amount + p_amount where account = p_to;
  insert into bare_entries (transaction, account, amount) values (p_id, p_from, -p_amount), (p_id, p_to, p_amount);
end $$`;

type Transfer = (from: number, to: number) => Promise<unknown>;

/** Microseconds for one, `CONNECTIONS` at a time between accounts of chance. */
async function timeOf(random: () => number, transfer: Transfer): Promise<number> {
  const began = performance.now();
  await callMany(TRANSFERS_A_ROUND, CONNECTIONS, () => {
    const from = Math.floor(random() * ACCOUNTS);
    return transfer(from, (from + 1 + Math.floor(random() * (ACCOUNTS - 1))) % ACCOUNTS);
  });
  return ((performance.now() - began) * 1_000) / TRANSFERS_A_ROUND;
}

export async function benchTransfers(bench: Bench): Promise<void> {
  const server = await startPostgres();
  const { createSandbox } = await publishedSandbox();
  const sandbox = await createSandbox({
    // Stands, so that no schedule runs beside what is measured.
    clock: Date.UTC(2026, 10, 21, 12),
    database: { databaseUrl: server.url, connections: CONNECTIONS },
  });
  const bare = postgres(server.url, { max: CONNECTIONS, onnotice: () => undefined });
  try {
    const ask = async (path: string, given: object, headers: Record<string, string> = {}) => {
      const body = JSON.stringify(given);
      const response = await sandbox.fetch(
        new Request(`http://127.0.0.1${path}`, {
          method: 'POST',
          // As an HTTP client sends it.
          headers: { host: '127.0.0.1', 'content-length': String(body.length), ...headers },
          body,
        }),
      );
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Readonly<Record<string, string>>;
    };
    const members = await Promise.all(
      Array.from({ length: ACCOUNTS }, (_, at) =>
        ask('/_sandbox/nxos/organizations', {
          name: `Member ${at}`,
          handle: `member-${at}`,
          balances: { USD: '1000000.00' },
        }),
      ),
    );
    const authorization = (at: number) => ({ authorization: `Bearer ${members[at]?.key}` });
    const payees = await Promise.all(
      members.map(({ accountId }, from) =>
        Promise.all(
          members.map(async (_, to) => {
            if (from === to) return '';
            const payee = { accountId, nickname: 'x', targetHandle: `member-${to}` };
            return (await ask('/nxos/v1/beneficiaries/nxosnet', payee, authorization(from))).beneficiaryId;
          }),
        ),
      ),
    );

    await bare.unsafe(BARE);
    let count = 0;
    const bareTransfer: Transfer = (from, to) => {
      count += 1;
      return bare`select bare_transfer(${`bare-${count}`}, ${String(from)}, ${String(to)}, 1)`;
    };
    const keyed: Transfer = (from, to) => {
      count += 1;
      return ask(
        '/nxos/v1/transactions/nxosnet-transfers',
        {
          accountId: members[from]?.accountId,
          beneficiaryId: payees[from]?.[to],
          amount: '0.01',
          asset: 'USD',
        },
        { ...authorization(from), 'idempotency-key': `bench-${count}` },
      );
    };
    await compare(
      bench,
      { name: `transfers between ${ACCOUNTS} accounts, ${CONNECTIONS} connections`, unit: 'µs each' },
      [
        { name: 'one SQL function', measure: () => timeOf(bench.random, bareTransfer) },
        { name: 'kassa, keyed', measure: () => timeOf(bench.random, keyed), goal: GOAL },
      ],
    );
  } finally {
    await bare.end();
    await sandbox.close();
    await server.stop();
  }
}
