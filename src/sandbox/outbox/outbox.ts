/**
 * Webhooks out. A row is written in the same database transaction as the change it tells of, so that no change goes
 * untold and nothing is told that did not happen; delivery is at least once and never holds a request up.
 */
import { and, asc, eq, inArray, lt, lte, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { hex128 } from '../../model/ids.ts';
import { type Attempt, deliveries, type Delivery } from '../store/schema.ts';
import { earliest } from '../store/rows.ts';
import type { Database } from '../store/store.ts';
import type { Worker } from '../schedule.ts';
import type { World } from '../world.ts';
import { attemptDelivery } from './attempt.ts';
import { answerWithinMs, nextAttemptAt } from './rules.ts';

export interface OutgoingWebhook {
  readonly system: Delivery['system'];
  readonly subject: string;
  readonly url: string;
  /** Whose secret signs it, where each receiver has one of its own. */
  readonly endpoint?: string;
  /** Sent byte for byte on every attempt, because the signature covers the bytes. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a system does around each attempt, if anything. */
export interface Sender {
  /** Headers of this attempt: a signature that covers its time. Nothing when it is not to be sent any more. */
  sign(delivery: Delivery, at: number): Promise<Readonly<Record<string, string>> | undefined>;
  /** What became of it. */
  attempted(delivery: Delivery, attempt: Attempt): Promise<void>;
}

export type Senders = Partial<Readonly<Record<Delivery['system'], Sender>>>;

/** Queues a webhook; pass the transaction of the change as `db`. */
export async function enqueue(
  db: Database,
  { clock, random }: World,
  webhook: OutgoingWebhook,
): Promise<void> {
  const now = clock.now();
  await db.insert(deliveries).values({
    ...webhook,
    headers: { ...webhook.headers },
    id: `whk_${hex128(random)}`,
    state: 'queued',
    attempts: 0,
    history: [],
    dueAt: now,
    createdAt: now,
  });
}

/** Sends a delivery again by hand, whatever became of it; the schedule starts anew. */
export async function resend(db: Database, { clock }: World, id: string): Promise<boolean> {
  const queued = await db
    .update(deliveries)
    .set({ state: 'queued', attempts: 0, dueAt: clock.now() })
    .where(eq(deliveries.id, id))
    .returning({ id: deliveries.id });
  return queued.length > 0;
}

/** As many are in memory, and under way, at once. */
const BATCH = 128;
/** Longer than any receiver is waited for; a process that died leaves what it took until then. */
const TAKEN_MS = 30_000;
/** A receiver that has not answered by then is no longer waited for by the others. */
const SLOW_MS = 250;
/** Between two looks at what another process is sending. */
const LOOK_AGAIN_MS = 1_000;

interface OutboxOptions {
  /** No other process has this database: what is marked as being sent was left by one that died. */
  readonly isAlone: boolean;
}

export function createOutbox(
  db: Database,
  world: World,
  senders: Senders = {},
  { isAlone }: OutboxOptions = { isAlone: true },
): Worker {
  let leftovers = isAlone ? releaseAll : undefined;

  async function releaseAll(): Promise<void> {
    leftovers = undefined;
    const dueAt = world.clock.now();
    await db.update(deliveries).set({ state: 'queued', dueAt }).where(eq(deliveries.state, 'sending'));
  }

  /** Called when there may be something new, for a run that waits. */
  let stir = (): void => undefined;

  async function runDue(): Promise<void> {
    await leftovers?.();
    const underWay = new Set<Promise<unknown>>();
    for (;;) {
      // From before the look on: what comes while it looks is looked for again.
      const news = new Promise<void>((resolve) => (stir = resolve));
      for (const webhook of await take(BATCH - underWay.size)) {
        // One that failed stays, and ends the run: a fault of the database's.
        const sent: Promise<unknown> = deliver(webhook).then(() => underWay.delete(sent));
        underWay.add(sent);
      }
      if (underWay.size === 0) return;
      await firstOf(SLOW_MS, Promise.all(underWay), news);
    }
  }

  /**
   * The first of each subject, so that order is kept; whatever another process is taking at this moment is passed over.
   * Sending holds no lock: it may take seconds, and the embedded database has one connection.
   */
  async function take(atMost: number): Promise<readonly Delivery[]> {
    if (atMost === 0) return [];
    const now = world.clock.now();
    const earlier = alias(deliveries, 'earlier');
    const isFirst = notExists(
      db
        .select({ one: sql`1` })
        .from(earlier)
        .where(
          and(
            eq(earlier.subject, deliveries.subject),
            lt(earlier.sequence, deliveries.sequence),
            // Written out, as the index has it.
            sql`${earlier.state} in ('queued', 'sending')`,
            or(eq(earlier.state, 'sending'), lte(earlier.dueAt, now)),
          ),
        ),
    );
    const heads = db.$with('heads').as(
      db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(and(UNDER_WAY, lte(deliveries.dueAt, now), isFirst))
        .orderBy(asc(deliveries.dueAt), asc(deliveries.sequence))
        .limit(atMost)
        .for('update', { skipLocked: true }),
    );
    const taken = await db
      .with(heads)
      .update(deliveries)
      .set({ state: 'sending', dueAt: now + TAKEN_MS })
      .where(inArray(deliveries.id, db.select({ id: heads.id }).from(heads)))
      .returning();
    return taken.sort((one, other) => one.sequence - other.sequence);
  }

  async function deliver(webhook: Delivery): Promise<void> {
    const at = world.clock.now();
    const sender = senders[webhook.system];
    const signed = sender ? await sender.sign(webhook, at) : {};
    if (!signed) {
      await db.update(deliveries).set({ state: 'dead', dueAt: null }).where(eq(deliveries.id, webhook.id));
      return;
    }
    const { status, answer } = await attemptDelivery(world.fetch, {
      ...webhook,
      headers: { ...webhook.headers, ...signed },
      answerWithinMs: answerWithinMs(webhook.system),
    });
    await record(webhook, { at, status, answer });
    await sender?.attempted(webhook, { at, status, answer });
  }

  async function record(webhook: Delivery, attempt: Attempt): Promise<void> {
    const attempts = webhook.attempts + 1;
    const delivered = attempt.status >= 200 && attempt.status < 300;
    const dueAt = delivered ? null : nextAttemptAt(webhook.system, attempts, attempt.at);
    await db
      .update(deliveries)
      .set({
        attempts,
        history: [...webhook.history, attempt],
        dueAt,
        state: delivered ? 'delivered' : dueAt === null ? 'dead' : 'queued',
      })
      .where(eq(deliveries.id, webhook.id));
  }

  return {
    runDue,
    stir: () => stir(),
    async nextDue() {
      const due = await earliest(db, deliveries.dueAt, UNDER_WAY);
      // Due and not taken: another process is at it.
      return due === undefined ? undefined : isAlone ? due : Math.max(due, world.clock.now() + LOOK_AGAIN_MS);
    },
  };
}

/** Whichever comes first, or that time is up. */
async function firstOf(ms: number, ...awaited: readonly Promise<unknown>[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const up = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([...awaited, up]).finally(() => clearTimeout(timer));
}

const UNDER_WAY = inArray(deliveries.state, ['queued', 'sending']);
