/**
 * A payment without a hosted page here: the gateway's answer to a server-to-server charge, or what a tab was about
 * before it left for the bank. What it says is a hint, as always; the backend says how it ended. Fetched when needed.
 */
import { statusOf } from '../../model/gateway/statuses.ts';
import type { Session } from '../../wire/session.ts';
import type { State } from '../machine/machine.ts';
import { keepAttempt, takeAttempt } from './attempt.ts';
import { type HandOver, postTo } from './hand-over.ts';
import {
  type ChallengeMode,
  CHALLENGES,
  type KnownPayments,
  type Payment,
  type PaymentHost,
} from './host.ts';
import { showChallenge } from './show.ts';

/** It takes the place of the one that was shown, if that may not move money any more. */
export function startPayment(host: PaymentHost, payments: KnownPayments, payment?: Payment): void {
  const begin: PaymentHost['begin'] = (...begun) => {
    const before = payments.follow;
    const isOpen = host.begin(...begun);
    if (isOpen()) {
      before?.({ ...host.state(), phase: 'idle' });
      payments.follow = undefined;
    } else payments.known = undefined;
    return isOpen;
  };
  const beginning = { ...host, begin };
  const follow = payment ? startCharged(payment, beginning) : startResumed(beginning);
  if (!follow) return;
  payments.follow = follow;
  follow(host.state());
}

function startCharged(payment: Payment, host: PaymentHost): ((state: State) => void) | undefined {
  const { url, transaction_status: rawStatus, error } = payment;
  const status = statusOf(rawStatus);
  const reason = typeof error === 'string' ? error : error?.message;
  const leadsAway = typeof url === 'string' && url.trim() !== '' && !url.includes('{{');
  const isChallenged = leadsAway && status === 'pending';
  const challenge = isChallenged ? host.safeUrl(url.trim()) : undefined;
  const session = sessionOf(payment);

  const isOpen = host.begin(session, challenge ? 'challenge' : 'busy');
  if (!isOpen()) return undefined;
  host.send({ type: 'hint', status, rawStatus, ...(reason !== undefined && { reason }) });
  if (isChallenged && !challenge) {
    host.send({ type: 'feed-error', error: host.CashierError.of('unsafe-url') });
  }
  if (!challenge) return showChallenge(undefined, session, host);
  // Who heard of it may have closed it.
  if (!isOpen()) return undefined;
  const handOver: HandOver = { url: challenge, fields: payment.fields };
  const mode = modeOf(host.tag.challenge);
  const asked = new host.KassaChallengeEvent(challenge.href, mode);
  if (!host.tag.dispatchEvent(asked) || !isOpen()) return undefined;
  if (mode === 'redirect') {
    keepAttempt(session);
    if (payment.fields) postTo('_self', handOver, host.holder);
    else location.assign(challenge);
  }
  return showChallenge(mode === 'redirect' ? undefined : handOver, session, host, mode);
}

function startResumed(host: PaymentHost): ((state: State) => void) | undefined {
  const kept = takeAttempt() as Partial<Payment> | null;
  if (typeof kept?.trackingId !== 'string') return undefined;
  const session = sessionOf({ ...kept, trackingId: kept.trackingId, transaction_status: 'pending' });
  if (!host.begin(session, 'busy')()) return undefined;
  host.send({ type: 'returned' });
  return showChallenge(undefined, session, host);
}

/** An attribute may say anything. */
function modeOf(word: string): ChallengeMode {
  const mode = CHALLENGES.find((known) => known === word);
  // oxlint-disable-next-line no-console -- a typo in the tag has no other way to its author
  if (!mode) console.warn(`<kassa-cashier>: challenge="${word}" is none of ${CHALLENGES.join(', ')}.`);
  return mode ?? 'auto';
}

const sessionOf = ({ trackingId, statusUrl, flow = 'deposit' }: Payment): Session => ({
  token: '',
  flow,
  trackingId,
  cashierUrl: '',
  ...(statusUrl !== undefined && { statusUrl }),
});
