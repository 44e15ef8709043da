/** The bank's end of 3-D Secure: a page of its own, a code, a way back. */
import { formatMoney } from '../../model/money.ts';
import type { ChallengeView } from '../pages/view.ts';
import type { GatewayContext } from './context.ts';
import { answerChallenge, CHALLENGE_CANCELLED, CHALLENGE_FAILED } from './rules.ts';
import type { Transaction } from '../store/schema.ts';

/** The one code that passes. */
const CHALLENGE_CODE = '1234';

export interface ChallengeAnswer {
  readonly code?: string | undefined;
  readonly cancel: boolean;
}

export function challengeView(
  transaction: Transaction,
  action: string,
  wrongCode = false,
): Omit<ChallengeView, 'lang' | 'theme'> {
  const state =
    transaction.waitsFor !== 'challenge'
      ? 'answered'
      : transaction.challenge === 'hangs'
        ? 'hangs'
        : wrongCode
          ? 'wrong-code'
          : 'open';
  return {
    state,
    amount: formatMoney({ minor: transaction.amount, currency: transaction.currency }),
    currency: transaction.currency,
    cardLastFour: transaction.cardLastFour ?? '',
    action,
  };
}

/**
 * Applies the shopper's answer. A wrong code may be typed again; the first answer that counts wins, and later ones
 * change nothing. Says whether the challenge is over.
 */
export async function answer(
  { transactions }: GatewayContext,
  transaction: Transaction,
  { code, cancel }: ChallengeAnswer,
): Promise<'over' | 'wrong-code'> {
  if (transaction.waitsFor !== 'challenge') return 'over';
  if (cancel) {
    await transactions.change(transaction, answerChallenge(false, CHALLENGE_CANCELLED));
    return 'over';
  }
  if (transaction.challenge === 'fails') {
    await transactions.change(transaction, answerChallenge(false, CHALLENGE_FAILED));
    return 'over';
  }
  if (code !== CHALLENGE_CODE) return 'wrong-code';
  await transactions.change(transaction, answerChallenge(true, ''));
  return 'over';
}

/** The way back: the shop's return URL with the tracking id and never the outcome, or a page that tells its frame. */
export function wayBack(
  { returnUrl, trackingId }: Transaction,
  within: string | undefined,
  search: string,
): string {
  // Beside the challenge's own address, whatever a proxy put before it.
  if (within === 'cashier' || returnUrl === null) return `done${search}`;
  const url = new URL(returnUrl);
  url.searchParams.set('tracking_id', trackingId);
  return url.href;
}
