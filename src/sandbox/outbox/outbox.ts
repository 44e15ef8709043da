/**
 * Webhooks out. A row is written in the same database transaction as the change it tells of, so that no change goes
 * untold and nothing is told that did not happen; delivery is at least once and never holds a request up.
 */
import { eq } from 'drizzle-orm';
import { hex128 } from '../../model/ids.ts';
import type { Eventually } from '../../wire/signing.ts';
import { type Attempt, deliveries, type Delivery } from '../store/schema.ts';
import type { Database } from '../store/store.ts';
import type { Worker } from '../schedule.ts';
import type { World } from '../world.ts';
import { free, keep, nearest, take, type Taken } from './claims.ts';
import { isUsedUp } from './rules.ts';
import { createSending } from './sending.ts';

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

/** What a system does around its attempts, if anything. Asked for many at once, so that many cost what one does. */
export interface Sender {
  /** What signs each of these. */
  signer(webhooks: readonly Taken[]): Promise<Sign>;
  /** What became of them, in the order of the answers. */
  attempted?(tried: readonly Tried[]): Promise<void>;
}

/** Headers of this attempt: a signature that covers its time. Nothing when it is not to be sent any more. */
export type Sign = (webhook: Taken, at: number) => Eventually<Readonly<Record<string, string>> | undefined>;

export interface Tried {
  readonly webhook: Taken;
  readonly attempt: Attempt;
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
    .set({ state: 'queued', attempts: 0, dueAt: clock.now(), takenUntil: null })
    .where(eq(deliveries.id, id))
    .returning({ id: deliveries.id });
  return queued.length > 0;
}

interface OutboxOptions {
  /** No other process has this database: what is marked as being sent was left by one that died. */
  readonly isAlone: boolean;
}

/** Between two looks at what time brings, and at what other processes do. */
const LOOK_AGAIN_MS = 1_000;
/** How long answers are still waited for when the sandbox stops. */
const STOP_MS = 1_000;
const STOPPED = 'the sandbox was stopped before an answer came';

export function createOutbox(
  db: Database,
  world: World,
  senders: Senders = {},
  { isAlone }: OutboxOptions = { isAlone: true },
): Worker {
  const { clock } = world;
  const sending = createSending(world);
  /** Of these one was sent, so that the next may be. */
  const freed = new Set<string>();
  let isStopping = false;
  /** There may be more to send than the last look found. */
  let hasNews = true;
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** Addresses that were passed over at the last look. */
  let full: ReadonlySet<string> = new Set();
  let stopTimer: ReturnType<typeof setTimeout> | undefined;

  const isDone = (): boolean => sending.isIdle() && (isStopping || !hasNews);

  async function runDue(): Promise<void> {
    hasNews = true;
    try {
      for (;;) {
        await keepOutcomes();
        if (!isStopping) await start(await takeMore());
        if (isDone()) return;
        await sending.progress();
      }
    } finally {
      clearTimeout(stopTimer);
      // Nothing is under way, unless the database failed.
      sending.giveUp(STOPPED);
    }
  }

  async function keepOutcomes(): Promise<void> {
    const outcomes = sending.outcomes();
    if (outcomes.length === 0) return;
    // Those to a receiver that had enough: there is room for another.
    if (outcomes.some(({ webhook }) => full.has(webhook.url))) hasNews = true;
    await keep(db, outcomes);
    for (const { webhook } of outcomes) freed.add(webhook.subject);
    for (const [system, sender] of Object.entries(senders)) {
      const tried = outcomes.flatMap(({ webhook, attempt }) =>
        attempt && webhook.system === system ? [{ webhook, attempt }] : [],
      );
      if (tried.length > 0) await sender.attempted?.(tried);
    }
  }

  async function takeMore(): Promise<readonly Taken[]> {
    const atMost = sending.room();
    if (atMost === 0) return [];
    const isTime = performance.now() - lookedAt >= LOOK_AGAIN_MS;
    if (isTime) await freeLeftovers();
    // All that is due is looked through once for many: of ten thousand about one subject all but one are to be passed over.
    const of = hasNews || isTime ? undefined : [...freed];
    if (of?.length === 0) return [];
    if (!of) lookedAt = performance.now();
    freed.clear();
    hasNews = false;
    full = new Set(sending.full());
    const taken = await take(db, { atMost, now: clock.now(), without: [...full], of });
    if (taken.length === atMost) hasNews = true;
    return taken;
  }

  async function freeLeftovers(): Promise<void> {
    if (!isAlone) await free(db, { at: clock.now(), but: sending.ids() });
    else if (lookedAt < 0) await free(db, { at: clock.now() });
  }

  async function start(webhooks: readonly Taken[]): Promise<void> {
    const signs = new Map<string, Sign>();
    for (const [system, sender] of Object.entries(senders)) {
      const own = webhooks.filter((webhook) => webhook.system === system);
      if (own.length > 0) signs.set(system, await sender.signer(own));
    }
    for (const webhook of webhooks) {
      const { system, attempts, dueAt } = webhook;
      const sign = signs.get(system);
      const headers = sign ? await sign(webhook, clock.now()) : {};
      if (!headers || isUsedUp(system, attempts)) sending.pass({ webhook, state: 'dead', dueAt: null });
      else if (isStopping) sending.pass({ webhook, state: 'queued', dueAt });
      else sending.begin(webhook, headers);
    }
  }

  return {
    runDue,
    stir() {
      hasNews = true;
      sending.stir();
    },
    stop() {
      isStopping = true;
      sending.stir();
      if (!sending.isIdle()) stopTimer = setTimeout(() => sending.giveUp(STOPPED), STOP_MS);
    },
    async nextDue() {
      const { due, leftMs } = await nearest(db);
      if (isAlone) return due;
      // Due and not taken: another process is at it.
      const soonest = clock.now() + LOOK_AGAIN_MS;
      const times = [due, world.ticking && leftMs !== undefined ? clock.now() + leftMs : undefined];
      const known = times.filter((time) => time !== undefined);
      return known.length === 0 ? undefined : Math.max(soonest, Math.min(...known));
    },
  };
}
