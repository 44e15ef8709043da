/** Transactions in the database: found, begun and changed. Each change of status and its webhook are one commit. */
import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { gatewayId } from '../../model/ids.ts';
import { enqueue } from '../outbox/outbox.ts';
import type { Worker } from '../schedule.ts';
import { type Transaction, transactions } from '../store/schema.ts';
import { isStorable } from '../store/storable.ts';
import { earliest } from '../store/rows.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';
import { finish, type Life } from './rules.ts';
import { webhookFor } from './webhook.ts';

/** What a transaction is born with; the rest is its life. */
export type Beginning = Pick<
  Transaction,
  | 'token'
  | 'trackingId'
  | 'userId'
  | 'type'
  | 'amount'
  | 'currency'
  | 'providerId'
  | 'cardBin'
  | 'cardLastFour'
  | 'ip'
  | 'customer'
  | 'returnUrl'
> &
  Partial<Pick<Transaction, 'challengeId' | 'challenge'>>;

export interface TransactionsOptions {
  readonly db: Database;
  readonly world: World;
  /** Where webhooks go, asked at each change; none means that nobody is told. */
  readonly webhookUrl: () => string | undefined;
  /** Said when there is new work for the schedule. */
  readonly onChange: () => void;
}

export interface Transactions extends Worker {
  /** `undefined` when another payment of the same order is under way or has succeeded. */
  begin(beginning: Beginning, life: Life): Promise<Transaction | undefined>;
  /** Applies the next state, unless the transaction changed meanwhile; then the newer state wins and is returned. */
  change(transaction: Transaction, life: Life): Promise<Transaction>;
  find(id: string): Promise<Transaction | undefined>;
  /** By the gateway's id first, then by the shop's tracking id (its newest transaction). */
  resolve(reference: string): Promise<Transaction | undefined>;
  byChallenge(challengeId: string): Promise<Transaction | undefined>;
  newestOfToken(token: string): Promise<Transaction | undefined>;
  newestOfTracking(trackingId: string): Promise<Transaction | undefined>;
}

export function createTransactions({ db, world, webhookUrl, onChange }: TransactionsOptions): Transactions {
  const { clock, random } = world;

  const columnsOf = (life: Life) => ({
    status: life.status,
    waitsFor: life.waitsFor,
    reason: life.reason ?? null,
    endsAs: life.next?.endsAs ?? null,
    endsBecause: life.next?.because ?? null,
    dueAt: life.next ? clock.now() + life.next.inMs : null,
    updatedAt: clock.now(),
  });

  async function tell(tx: Database, transaction: Transaction): Promise<void> {
    const url = webhookUrl();
    if (url !== undefined) await enqueue(tx, world, await webhookFor(transaction, url));
  }

  async function begin(beginning: Beginning, life: Life): Promise<Transaction | undefined> {
    const begun = await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(transactions)
        .values({ ...beginning, ...columnsOf(life), id: gatewayId(random), createdAt: clock.now() })
        .onConflictDoNothing()
        .returning();
      if (row) await tell(tx, row);
      return row;
    });
    onChange();
    return begun;
  }

  async function change(transaction: Transaction, life: Life): Promise<Transaction> {
    const changed = await db.transaction(async (tx) => {
      const [row] = await tx
        .update(transactions)
        .set(columnsOf(life))
        // Compare and set: no way out of a final state, and no two answers to one challenge.
        .where(
          and(
            eq(transactions.id, transaction.id),
            eq(transactions.status, 'pending'),
            eq(transactions.waitsFor, transaction.waitsFor),
          ),
        )
        .returning();
      if (row && row.status !== transaction.status) await tell(tx, row);
      return row;
    });
    onChange();
    return changed ?? (await find(transaction.id)) ?? transaction;
  }

  async function find(id: string): Promise<Transaction | undefined> {
    if (!isStorable(id)) return undefined;
    const [row] = await db.select().from(transactions).where(eq(transactions.id, id));
    return row;
  }

  async function newest(
    column: 'token' | 'trackingId' | 'challengeId',
    value: string,
  ): Promise<Transaction | undefined> {
    if (!isStorable(value)) return undefined;
    const [row] = await db
      .select()
      .from(transactions)
      .where(eq(transactions[column], value))
      .orderBy(desc(transactions.sequence))
      .limit(1);
    return row;
  }

  return {
    begin,
    change,
    find,
    resolve: async (reference) => (await find(reference)) ?? (await newest('trackingId', reference)),
    byChallenge: (challengeId) => newest('challengeId', challengeId),
    newestOfToken: (token) => newest('token', token),
    newestOfTracking: (trackingId) => newest('trackingId', trackingId),

    nextDue: () => earliest(db, transactions.dueAt, eq(transactions.status, 'pending')),

    async runDue() {
      const due = await db
        .select()
        .from(transactions)
        .where(and(eq(transactions.status, 'pending'), lte(transactions.dueAt, clock.now())))
        .orderBy(asc(transactions.dueAt), asc(transactions.sequence));
      for (const row of due) {
        if (row.endsAs) await change(row, finish(row.endsAs, row.endsBecause ?? undefined));
      }
    },
  };
}
