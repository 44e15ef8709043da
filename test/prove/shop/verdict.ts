/** Whether a round kept what is promised: pure, from what was sent, what the database holds and what pages heard. */
import { isWrong, type Life, type Told } from './lives.ts';
import type { Watcher } from './streams.ts';

/** A row of `effects` or `mismatches`, in the order of their commits for one transaction. */
export interface Row {
  readonly tracking_id: string;
  readonly transaction_id: string;
  readonly word: string;
  readonly amount: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Kept {
  readonly effects: readonly Row[];
  readonly mismatches: readonly Row[];
  /** Of each transaction, its words in the order of the book. */
  readonly book: ReadonlyMap<string, readonly string[]>;
}

type Said = Pick<Row, 'transaction_id' | 'word' | 'amount' | 'type'>;

const nameOf = ({ transaction_id, word, amount, type }: Said): string =>
  [transaction_id, word, amount, type].join(' ');

const saidOf = (told: Told): Said => ({ ...told, word: told.status, type: told.transaction_type });

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What is wrong, one line each; nothing when all is as promised. */
export function violationsOf(lives: readonly Life[], kept: Kept): readonly string[] {
  const effects = count(kept.effects.map(nameOf));
  const mismatches = count(kept.mismatches.map(nameOf));
  const events = [
    ...new Map(lives.flatMap((life) => life.events).map((told) => [nameOf(saidOf(told)), told])),
  ];
  const found: string[] = [];
  for (const [name, told] of events) {
    const [done, asked] = [effects.get(name) ?? 0, mismatches.get(name) ?? 0];
    // A pending that its end has overtaken is no news.
    const least = told.status === 'pending' ? 0 : 1;
    if (done + asked < least || done + asked > 1) found.push(`${name}: ${done} effects, ${asked} mismatches`);
    if (told.status === 'successful' && isWrong(told) && done > 0) found.push(`${name}: counted as paid`);
  }
  const known = new Set(events.map(([name]) => name));
  for (const name of [...effects.keys(), ...mismatches.keys()]) {
    if (!known.has(name)) found.push(`${name}: never sent`);
  }
  return [...found, ...disorderOf(kept)];
}

/** The effects of a transaction come in the order of the book, and none after what ended it but money. */
function disorderOf({ effects, book }: Kept): readonly string[] {
  const found: string[] = [];
  for (const [transaction, words] of book) {
    const done = effects.filter((row) => row.transaction_id === transaction).map(({ word }) => word);
    const inOrder = words.filter((word) => done.includes(word));
    if (done.join() !== inOrder.join())
      found.push(`${transaction}: ${done.join()}, in the book ${words.join()}`);
    const end = done.findIndex((word) => word !== 'pending');
    if (end >= 0 && done.slice(end).includes('pending')) found.push(`${transaction}: pending after its end`);
  }
  return found;
}

/** From and until when PostgreSQL was down: nobody can be told then. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

export interface StreamVerdict {
  /** From the commit, or from when there was a connection again, to the page; in milliseconds. */
  readonly delays: readonly number[];
  readonly violations: readonly string[];
}

/** Each open stream is told of its order's success within `withinMs` of the commit. */
export function streamsToldOf(
  watchers: readonly Watcher[],
  effects: readonly Row[],
  { withinMs, outages, endedAt }: { withinMs: number; outages: readonly Outage[]; endedAt: number },
): StreamVerdict {
  const delays: number[] = [];
  const violations: string[] = [];
  for (const { trackingId, connections, heard } of watchers) {
    const paid = effects.find((row) => row.tracking_id === trackingId && row.word === 'successful');
    if (!paid) continue;
    const told = heard.find(({ status }) => status === 'succeeded')?.at ?? Number.POSITIVE_INFINITY;
    for (const { from, until } of connections) {
      const due = outages.reduce(
        (at, outage) => (at + withinMs >= outage.from && at <= outage.until ? outage.until : at),
        Math.max(from, paid.at),
      );
      if (told < from) break;
      if (told <= Math.min(until, due + withinMs)) {
        delays.push(Math.max(0, told - due));
        break;
      }
      if (Math.min(until, endedAt) >= due + withinMs) {
        violations.push(
          `${trackingId}: not told within ${withinMs} ms of its success, but after ${told - due} ms`,
        );
        break;
      }
    }
  }
  return { delays, violations };
}
