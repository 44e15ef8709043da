/** What happens to the orders of a round: drawn from a seed, so that a round can be run again. */
import { order as anOrder } from '../../sandbox/running.ts';

/** Lehmer's generator: any will do. From 0 up to, and not including, 1. */
export type Chance = () => number;

export function chanceFrom(seed: number): Chance {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const pick = <T>(chance: Chance, items: readonly [T, ...T[]]): T =>
  items[Math.floor(chance() * items.length)] ?? items[0];

/** One thing that the gateway says, as its webhook says it. */
export interface Told {
  readonly transaction_id: string;
  readonly tracking_id: string;
  readonly user_id: string;
  readonly status: 'pending' | 'successful' | 'rejected';
  readonly currency: string;
  readonly amount: string;
  readonly transaction_type: string;
}

export interface Life {
  readonly trackingId: string;
  /** In the order in which they happen at the gateway. */
  readonly events: readonly Told[];
}

const amountOf = (trackingId: string): string => `${10 + (Number(trackingId.split('-')[1]) % 90)}.05`;

/** What the shop ordered under an id: every instance says the same. */
export const orderOf = (trackingId: string) => ({ ...anOrder(trackingId), amount: amountOf(trackingId) });

interface Attempt {
  readonly words: readonly Told['status'][];
  readonly wrong?: 'amount' | 'type';
}

/** The ways in which an attempt to pay may go; with what is wrong about them, if anything is. */
const ATTEMPTS: readonly [Attempt, ...Attempt[]] = [
  { words: ['pending', 'successful'] },
  { words: ['successful'] },
  { words: ['pending', 'rejected'] },
  { words: ['rejected'] },
  // A bank that changes its mind: the money is there after all.
  { words: ['pending', 'rejected', 'successful'] },
  { words: ['pending', 'successful'], wrong: 'amount' },
  { words: ['successful'], wrong: 'amount' },
  { words: ['pending', 'successful'], wrong: 'type' },
  { words: ['rejected'], wrong: 'type' },
];

export function lifeOf(index: number, chance: Chance): Life {
  const trackingId = `order-${index}`;
  const attempts = chance() < 0.3 ? 2 : 1;
  const events = Array.from({ length: attempts }, (_, attempt) => {
    const { words, wrong } = pick(chance, ATTEMPTS);
    return words.map((status): Told => ({
      transaction_id: `${trackingId}-${attempt}`,
      tracking_id: trackingId,
      user_id: '128',
      status,
      currency: 'EUR',
      amount: wrong === 'amount' ? '0.01' : amountOf(trackingId),
      transaction_type: wrong === 'type' ? 'withdrawal' : 'deposit',
    }));
  });
  return { trackingId, events: events.flat() };
}

/** How far a delivery may be overtaken by later ones. */
const DISORDER = 40;
const TWICE = 0.35;

/** Deliveries as they arrive: in disorder, some twice and some three times, until there are so many. */
export function deliveriesOf(lives: readonly Life[], count: number, chance: Chance): readonly Told[] {
  const placed: { readonly at: number; readonly told: Told }[] = [];
  const events = lives.flatMap(({ events: all }) => all);
  events.forEach((told, index) => placed.push({ at: index + chance() * DISORDER, told }));
  while (placed.length < count || chance() < TWICE / events.length) {
    const index = Math.floor(chance() * events.length);
    const told = events[index];
    if (told) placed.push({ at: index + chance() * DISORDER * 2, told });
  }
  return placed.sort((a, b) => a.at - b.at).map(({ told }) => told);
}

export const isWrong = (told: Told): boolean =>
  told.amount !== amountOf(told.tracking_id) || told.transaction_type !== 'deposit';
