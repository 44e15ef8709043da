/**
 * Which process sends what: each takes its webhooks for a time, in one statement for many, and writes what became of them in
 * another. Sending holds no lock: it may take seconds, and the embedded database has one connection.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type Attempt, deliveries, type Delivery } from '../store/schema.ts';
import type { Database } from '../store/store.ts';

/** Longer than any receiver is waited for; what a process that died had taken is free after that. */
const TAKEN_MS = 60_000;

/** What is in memory of a webhook under way. */
export type Taken = Pick<
  Delivery,
  | 'id'
  | 'sequence'
  | 'system'
  | 'subject'
  | 'endpoint'
  | 'url'
  | 'body'
  | 'headers'
  | 'attempts'
  | 'dueAt'
  | 'takenUntil'
>;

export interface Outcome {
  readonly webhook: Taken;
  /** Missing when it was not sent. */
  readonly attempt?: Attempt;
  readonly state: Delivery['state'];
  readonly dueAt: number | null;
}

interface Wanted {
  readonly atMost: number;
  readonly now: number;
  /** Receivers that have enough under way. */
  readonly without: readonly string[];
  /** Only of these subjects, of which one was sent. */
  readonly of?: readonly string[] | undefined;
}

const DATABASE_NOW = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
const texts = (list: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;

/** The first of each subject, so that order is kept; whatever another process is taking at this moment is passed over. */
export async function take(db: Database, { atMost, now, without, of }: Wanted): Promise<readonly Taken[]> {
  const only = of ? JSON.stringify(of) : null;
  const next = sql`(select outbox_next(${atMost}, ${now}, ${JSON.stringify(without)}::jsonb, ${only}::jsonb))`;
  const taken = await db
    .update(deliveries)
    .set({ state: 'sending', takenUntil: sql`${DATABASE_NOW} + ${TAKEN_MS}` })
    .where(sql`${deliveries.id} = any(${next}::text[])`)
    .returning({
      id: deliveries.id,
      sequence: deliveries.sequence,
      system: deliveries.system,
      subject: deliveries.subject,
      endpoint: deliveries.endpoint,
      url: deliveries.url,
      body: deliveries.body,
      headers: deliveries.headers,
      attempts: deliveries.attempts,
      dueAt: deliveries.dueAt,
      takenUntil: deliveries.takenUntil,
    });
  return taken.sort((one, other) => one.sequence - other.sequence);
}

/** Writes what became of webhooks. One that meanwhile was queued again by hand, or taken by another, only gets its attempt. */
export async function keep(db: Database, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.map(({ webhook: { id, takenUntil, attempts }, attempt, state, dueAt }) => ({
    id,
    taken: takenUntil,
    tried: attempts + (attempt ? 1 : 0),
    made: attempt ? [attempt] : [],
    state,
    due: dueAt,
  }));
  const kept = await db
    .update(deliveries)
    .set({
      attempts: sql`o.tried`,
      history: sql`${deliveries.history} || o.made`,
      state: sql`o.state`,
      dueAt: sql`o.due`,
      takenUntil: null,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as o(id text, taken bigint, tried int, made jsonb, state text, due bigint)`,
    )
    .where(
      sql`${deliveries.id} = o.id and ${deliveries.state} = 'sending' and ${deliveries.takenUntil} = o.taken`,
    )
    .returning({ kept: sql<string>`concat(o.id, ' ', o.taken)` });
  if (kept.length === rows.length) return;
  const known = new Set(kept.map((row) => row.kept));
  const others = rows.filter(({ id, taken }) => !known.has(`${id} ${taken}`));
  await db
    .update(deliveries)
    .set({ history: sql`${deliveries.history} || o.made` })
    .from(sql`jsonb_to_recordset(${JSON.stringify(others)}::jsonb) as o(id text, made jsonb)`)
    .where(sql`${deliveries.id} = o.id`);
}

const LEFT = 'whoever sent it ended before it knew of an answer';

/** Frees what a process that died had taken; it may have been sent, so it counts as tried. */
export async function free(
  db: Database,
  { at, but }: { readonly at: number; readonly but?: readonly string[] },
): Promise<void> {
  const attempt: Attempt = { at, status: 0, answer: LEFT };
  const isOver = but && sql`coalesce(taken_until, 0) < ${DATABASE_NOW} and id not in ${texts(but)}`;
  await db
    .update(deliveries)
    .set({
      state: 'queued',
      attempts: sql`${deliveries.attempts} + 1`,
      history: sql`${deliveries.history} || ${JSON.stringify([attempt])}::jsonb`,
      takenUntil: null,
    })
    .where(isOver ? sql`state = 'sending' and ${isOver}` : sql`state = 'sending'`);
}

/** When the first is due, and how long the first that somebody has taken is still theirs. */
export async function nearest(
  db: Database,
): Promise<{ readonly due: number | undefined; readonly leftMs: number | undefined }> {
  const [row] = await db
    .select({
      due: sql<string | null>`(select min(due_at) from deliveries where state = 'queued')`,
      left: sql<
        string | null
      >`(select min(taken_until) from deliveries where state = 'sending') - ${DATABASE_NOW}`,
    })
    .from(sql`(values (1)) as one`);
  const number = (text: string | null = null): number | undefined =>
    text === null ? undefined : Number(text);
  return { due: number(row?.due), leftMs: number(row?.left) };
}
