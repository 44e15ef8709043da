/**
 * The life of a gateway transaction, decided without database, clock or network.
 *
 * pending -> successful | rejected, and no way out of those two. A deposit waits for its settlement, for the shopper's
 * 3-D Secure challenge, or for a bank or chain transfer; a withdrawal waits for the back office's decision, and an
 * approved one for the transfer: approval is not completion (the gateway's documents, Approve).
 */
import type { GatewayCode } from '../../model/gateway/codes.ts';
import type { CardEffect } from './cards.ts';
import type { ProviderBehaviour } from './seeds.ts';

export interface Life {
  readonly status: 'pending' | 'successful' | 'rejected';
  readonly waitsFor: 'settlement' | 'challenge' | 'decision' | 'transfer' | 'nothing';
  readonly reason?: string | undefined;
  /** What the simulator will make of it, and how long from now. */
  readonly next?: {
    readonly endsAs: 'successful' | 'rejected';
    readonly because?: string;
    readonly inMs: number;
  };
}

/** How long the simulator takes. The slow wallet leaves time to watch a pending payment. */
const DURATIONS_MS = {
  settle: 600,
  slow: 20_000,
  transfer: 20_000,
  payout: 3_000,
  /** EMV 3-D Secure gives a challenge ten minutes. */
  challenge: 600_000,
} as const;

export const CHALLENGE_EXPIRED = '3-D Secure expired';
export const CHALLENGE_FAILED = '3-D Secure failed';
export const CHALLENGE_CANCELLED = '3-D Secure cancelled';
export const SHOPPER_CANCELLED = 'Cancelled by the shopper';
export const REJECTED_BY_SHOP = 'Rejected by the merchant';

const pays = (inMs: number): Life => ({
  status: 'pending',
  waitsFor: 'settlement',
  next: { endsAs: 'successful', inMs },
});

const declines = (because: string): Life => ({
  status: 'pending',
  waitsFor: 'settlement',
  next: { endsAs: 'rejected', because, inMs: DURATIONS_MS.settle },
});

/** The first state of a card payment; `undefined` when the processor is to break. */
export function startCard(effect: CardEffect): Life | undefined {
  switch (effect.does) {
    case 'pays':
      return pays(DURATIONS_MS.settle);
    case 'declines':
      return declines(effect.reason);
    case 'challenges':
      return {
        status: 'pending',
        waitsFor: 'challenge',
        next: { endsAs: 'rejected', because: CHALLENGE_EXPIRED, inMs: DURATIONS_MS.challenge },
      };
    case 'breaks':
      return undefined;
  }
}

/** The first state of a payment by anything but a card. */
export function startProvider(behaviour: Exclude<ProviderBehaviour, 'by-card'>): Life {
  switch (behaviour) {
    case 'pays':
      return pays(DURATIONS_MS.settle);
    case 'rejects':
      return declines('Declined by the provider');
    case 'slow':
      return pays(DURATIONS_MS.slow);
    case 'waits-for-transfer':
      return { ...pays(DURATIONS_MS.transfer), waitsFor: 'transfer' };
  }
}

const SIMULATED = 'Rejected as the setting "simulate" asked for';

/**
 * A payment that ends as its order's `simulate` says: `successful`, `rejected` or `pending`. Any other word changes
 * nothing, as the gateway documents none. The shopper's challenge comes first, and is as it was.
 */
export function simulate(life: Life, script: unknown): Life {
  if (life.waitsFor !== 'settlement' && life.waitsFor !== 'transfer') return life;
  const { next: { inMs } = { inMs: DURATIONS_MS.settle }, ...begun } = life;
  if (script === 'successful') return { ...begun, next: { endsAs: 'successful', inMs } };
  if (script === 'rejected') return { ...begun, next: { endsAs: 'rejected', because: SIMULATED, inMs } };
  return script === 'pending' ? begun : life;
}

/** A withdrawal stays pending until somebody decides. */
export const startWithdrawal = (): Life => ({ status: 'pending', waitsFor: 'decision' });

export const finish = (endsAs: 'successful' | 'rejected', reason?: string): Life => ({
  status: endsAs,
  waitsFor: 'nothing',
  reason,
});

/** What becomes of a payment whose challenge was answered. */
export function answerChallenge(passed: boolean, why: string): Life {
  return passed ? pays(DURATIONS_MS.settle) : finish('rejected', why);
}

interface Standing {
  readonly type: 'deposit' | 'withdrawal';
  readonly status: Life['status'];
  readonly waitsFor: Life['waitsFor'];
}

/** Why a transfer fails that was approved, when the lever says so. */
export const TRANSFER_FAILED = 'The bank sent the transfer back';

/** Approve, or the code that says why not. An approved one may still fail: the transfer is yet to come. */
export function approve(
  { type, status, waitsFor }: Standing,
  { failsBecause }: { readonly failsBecause?: string | undefined } = {},
): Life | GatewayCode {
  if (type !== 'withdrawal' || status !== 'pending' || waitsFor !== 'decision') return 1076;
  return {
    status: 'pending',
    waitsFor: 'transfer',
    next:
      failsBecause === undefined
        ? { endsAs: 'successful', inMs: DURATIONS_MS.payout }
        : { endsAs: 'rejected', because: failsBecause, inMs: DURATIONS_MS.payout },
  };
}

/** Reject, or the code that says why not: 1076 for what is no withdrawal, 1129 for what is past rejecting. */
export function reject({ type, status, waitsFor }: Standing): Life | GatewayCode {
  if (type !== 'withdrawal') return 1076;
  if (status !== 'pending' || waitsFor !== 'decision') return 1129;
  return finish('rejected', REJECTED_BY_SHOP);
}

/** The shopper gives up: possible while nothing has been handed to a bank, and while the shopper is to send it. */
export function cancel({ type, status, waitsFor }: Standing): Life | undefined {
  if (status !== 'pending') return undefined;
  const isToBeSent = type === 'deposit' && waitsFor === 'transfer';
  return waitsFor === 'challenge' || waitsFor === 'decision' || isToBeSent
    ? finish('rejected', SHOPPER_CANCELLED)
    : undefined;
}
