/**
 * A request with an Idempotency-Key is carried out once (Nxos's documents, Idempotency): its answer is written in the
 * database transaction of what it did, and the same key gets the same answer for 24 hours. While the first is under way
 * the others are refused; that is an advisory lock of its transaction, so a process that dies in the middle leaves
 * nothing locked and nothing half done. Answers of 2xx and 4xx are kept, 5xx are not.
 */
import { createHash } from 'node:crypto';
import { and, eq, gt, type SQL, sql } from 'drizzle-orm';
import { idempotency, type LedgerSystem } from '../store/ledger-schema.ts';
import type { Database } from '../store/store.ts';
import type { World } from '../world.ts';

const KEPT_MS = 24 * 3_600_000;
export const LONGEST_KEY = 255;
export const REPLAY_HEADER = 'idempotent-replayed';

export interface KeyedRequest {
  readonly system: LedgerSystem;
  /** Whose key it is. */
  readonly scope: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  /** As it came. */
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}

/** The first request with this key is still under way. */
export class KeyInFlight extends Error {}
/** The key was used for another body. */
export class KeyInUse extends Error {}

export interface Idempotency {
  /**
   * Does `act` once for a key, inside a transaction that also keeps the answer. `refusal` turns what `act` threw into an
   * answer to keep; what it does not know is thrown on, and nothing happened.
   * @throws KeyInFlight, KeyInUse
   */
  once(
    request: KeyedRequest,
    act: (tx: Database) => Promise<Answered>,
    refusal: (error: unknown) => Answered | undefined,
  ): Promise<Answered & { readonly replayed: boolean }>;

  /**
   * For what is one statement of the database, and does there what `once` does here: runs `act`, unless the key is in
   * use in this process.
   * @throws KeyInFlight
   */
  atOnce<T>(request: KeyedRequest, act: (key: StatementKey) => Promise<T>): Promise<T>;
}

/** What such a statement has to know. */
export interface StatementKey extends Pick<KeyedRequest, 'scope' | 'key' | 'method' | 'path'> {
  /** Of the advisory lock. */
  readonly name: string;
  readonly digest: string;
  /** What was kept until then has had its day. */
  readonly after: number;
}

export function createIdempotency(db: Database, { clock }: World): Idempotency {
  /** An embedded database runs one transaction at a time, so there the lock alone would never be seen taken. */
  const underWay = new Set<string>();

  async function alone<T>(request: KeyedRequest, act: (name: string) => Promise<T>): Promise<T> {
    const { system, scope, key, method, path } = request;
    const name = JSON.stringify([system, scope, key, method, path]);
    if (underWay.has(name)) throw new KeyInFlight();
    underWay.add(name);
    try {
      return await act(name);
    } finally {
      underWay.delete(name);
    }
  }

  return {
    atOnce: (request, act) =>
      alone(request, (name) => {
        const { scope, key, method, path, body } = request;
        const after = clock.now() - KEPT_MS;
        return act({ scope, key, method, path, name, digest: digestOf(body), after });
      }),

    once: (request, act, refusal) =>
      alone(request, (name) =>
        db.transaction(async (tx) => {
          const { system, scope, key, method, path } = request;
          if (!(await takeLock(tx, name))) throw new KeyInFlight();
          const digest = digestOf(request.body);
          const now = clock.now();
          const [before] = await tx
            .select()
            .from(idempotency)
            .where(and(whose(request), gt(idempotency.createdAt, now - KEPT_MS)));
          if (before && before.digest !== digest) throw new KeyInUse();
          if (before) return { status: before.status, body: before.answer, replayed: true };

          const answered = await tx
            .transaction((inner) => act(inner))
            .catch((error: unknown) => {
              const refused = refusal(error);
              // Not the refusal itself: its getters would be lost to whoever spreads it.
              if (refused) return { status: refused.status, body: refused.body };
              throw error;
            });
          const kept = { digest, status: answered.status, answer: answered.body, createdAt: now };
          await tx
            .insert(idempotency)
            .values({ system, scope, key, method, path, ...kept })
            // An older one has had its day.
            .onConflictDoUpdate({ target: THIS_KEY, set: kept });
          return { ...answered, replayed: false };
        }),
      ),
  };
}

const digestOf = (body: string): string => createHash('sha256').update(body).digest('hex');

async function takeLock(tx: Database, name: string): Promise<boolean> {
  const [row] = await tx
    .select({ taken: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${name}, 0))` })
    .from(sql`(select 1) as one`);
  return row?.taken ?? false;
}

const THIS_KEY = [
  idempotency.system,
  idempotency.scope,
  idempotency.key,
  idempotency.method,
  idempotency.path,
];

const whose = ({ system, scope, key, method, path }: KeyedRequest): SQL | undefined =>
  and(
    eq(idempotency.system, system),
    eq(idempotency.scope, scope),
    eq(idempotency.key, key),
    eq(idempotency.method, method),
    eq(idempotency.path, path),
  );
