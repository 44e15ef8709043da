/**
 * Double entry over bigint subunits. One SQL function locks the balances it touches in one order, so that opposite
 * transfers cannot wait for each other, and a constraint keeps every balance from going below zero. Called inside the
 * transaction of what the money moves for: both are there, or neither.
 */
import { and, asc, eq, sql } from 'drizzle-orm';
import { balances, entries, type LedgerSystem } from '../store/ledger-schema.ts';
import { type Planting, rowsOf } from '../store/plant.ts';
import type { Database } from '../store/store.ts';

/** Where money comes from and goes to outside the system. Only this account may go below zero. */
export const WORLD = 'world';
/** Where the money of a payout lies until it has ended. */
export const TRANSIT = 'transit';

export interface Move {
  readonly account: string;
  readonly asset: string;
  /** Subunits; positive for what comes in. */
  readonly amount: bigint;
}

export interface Posting {
  readonly system: LedgerSystem;
  /** The id of what the money moves for. */
  readonly transaction: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Add up to zero in each asset. */
  readonly moves: readonly Move[];
}

/** An account has less than it was to give. Nothing was moved. */
export class InsufficientFunds extends Error {}

/** @throws InsufficientFunds */
export async function post(tx: Database, { system, transaction, at, moves }: Posting): Promise<void> {
  const rows = JSON.stringify(moves.map((move) => ({ ...move, amount: String(move.amount) })));
  try {
    await tx.execute(sql`select ledger_post(${system}, ${transaction}, ${at}::bigint, ${rows}::jsonb)`);
  } catch (error) {
    if (isRefused(error)) throw new InsufficientFunds();
    throw error;
  }
}

/** The rows of books that begin with these postings: for a store that has none yet, which needs no lock and no reckoning. */
export function openingBooks(postings: readonly Posting[]): readonly [Planting, Planting] {
  const held = new Map<string, typeof balances.$inferInsert>();
  const moves = postings.flatMap(({ system, transaction, at, moves: of }) =>
    of.map((move) => ({ system, transaction, ...move, createdAt: at })),
  );
  for (const { system, account, asset, amount } of moves) {
    const key = JSON.stringify([system, account, asset]);
    held.set(key, { system, account, asset, amount: (held.get(key)?.amount ?? 0n) + amount });
  }
  return [rowsOf(balances, [...held.values()]), rowsOf(entries, moves)];
}

/** What moves from one account to another. */
export const transfer = (
  from: string,
  to: string,
  { asset, amount }: Pick<Move, 'asset' | 'amount'>,
): readonly Move[] => [
  { account: from, asset, amount: -amount },
  { account: to, asset, amount },
];

/** Every asset the account ever held, also when nothing of it is left. */
export function balancesOf(
  db: Database,
  system: LedgerSystem,
  account: string,
): Promise<readonly { readonly asset: string; readonly amount: bigint }[]> {
  return db
    .select({ asset: balances.asset, amount: balances.amount })
    .from(balances)
    .where(and(eq(balances.system, system), eq(balances.account, account)))
    .orderBy(asc(balances.asset));
}

/** The drivers wrap the server's answer, each in its own way, and name the constraint differently. */
function isRefused(error: unknown): boolean {
  for (let cause: unknown = error; typeof cause === 'object' && cause !== null;) {
    const { constraint_name, constraint = constraint_name, code }: DatabaseAnswer = cause;
    // What is more than a balance can hold is more than anybody has: the receiver's may be reckoned first.
    if (constraint === 'balances_not_negative' || code === NUMERIC_OUT_OF_RANGE) return true;
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return false;
}

interface DatabaseAnswer {
  readonly constraint_name?: unknown;
  readonly constraint?: unknown;
  readonly code?: unknown;
}

const NUMERIC_OUT_OF_RANGE = '22003';
