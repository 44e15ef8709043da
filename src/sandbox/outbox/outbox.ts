/**
 * Webhooks out. A row is written in the same database transaction as the change it tells of, so that no change goes
 * untold and nothing is told that did not happen; delivery is at least once and never holds a request up.
 */
import { and, asc, eq, lte } from 'drizzle-orm';
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

export function createOutbox(db: Database, world: World, senders: Senders = {}): Worker {
  async function runDue(): Promise<void> {
    const due = await db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.state, 'queued'), lte(deliveries.dueAt, world.clock.now())))
      .orderBy(asc(deliveries.sequence));
    await Promise.all([...bySubject(due).values()].map(deliverInOrder));
  }

  async function deliverInOrder(webhooks: readonly Delivery[]): Promise<void> {
    for (const webhook of webhooks) {
      const at = world.clock.now();
      const sender = senders[webhook.system];
      const signed = sender ? await sender.sign(webhook, at) : {};
      if (!signed) {
        await db.update(deliveries).set({ state: 'dead', dueAt: null }).where(eq(deliveries.id, webhook.id));
        continue;
      }
      const { status, answer } = await attemptDelivery(world.fetch, {
        ...webhook,
        headers: { ...webhook.headers, ...signed },
        answerWithinMs: answerWithinMs(webhook.system),
      });
      await record(webhook, { at, status, answer });
      await sender?.attempted(webhook, { at, status, answer });
    }
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
    nextDue: () => earliest(db, deliveries.dueAt, eq(deliveries.state, 'queued')),
  };
}

function bySubject(webhooks: readonly Delivery[]): ReadonlyMap<string, readonly Delivery[]> {
  const groups = new Map<string, Delivery[]>();
  for (const webhook of webhooks) {
    groups.set(webhook.subject, [...(groups.get(webhook.subject) ?? []), webhook]);
  }
  return groups;
}
