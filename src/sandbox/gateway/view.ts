/** What the hosted page is told: pure functions from rows to views. */
import { formatMoney, minorDigits } from '../../model/money.ts';
import { statusOf } from '../../model/gateway/statuses.ts';
import { PLACES } from '../places.ts';
import type { AmountView, CashierState, CashierView, PaymentView, ProviderView } from '../pages/view.ts';
import { TEST_CARDS } from './cards.ts';
import { findProvider, type Provider, PROVIDERS } from './seeds.ts';
import type { Token, Transaction } from '../store/schema.ts';

/** Offered beside the amount when the shopper may choose it, in major units. */
const QUICK_AMOUNTS = [10n, 25n, 50n, 100n];

export interface Standing {
  /** The page came with a token, be it a good one or not. */
  readonly asked: boolean;
  readonly token: Token | undefined;
  readonly newest: Transaction | undefined;
  readonly now: number;
  readonly maintenance: boolean;
  readonly disabledProviders: readonly string[];
}

export function cashierState({ asked, token, newest, now, maintenance }: Standing): CashierState {
  if (maintenance) return 'maintenance';
  if (!token) return asked ? 'unknown' : 'no-token';
  if (newest?.status === 'successful') return 'used';
  // A payment that is under way may end after its token.
  return now >= token.expiresAt && newest?.status !== 'pending' ? 'expired' : 'open';
}

export function cashierView(standing: Standing, address: string, lang: string): CashierView {
  const { token, newest } = standing;
  const state = cashierState(standing);
  return {
    state,
    flow: token?.flow ?? 'deposit',
    testMode: true,
    theme: token?.theme ?? 'light',
    lang: lang || languageOf(token),
    providers: providersFor(standing).map(providerView),
    testCards: TEST_CARDS.map(({ number, effect }) => ({ number, effect })),
    ...(token && { amount: amountView(token) }),
    ...(token && newest && { payment: paymentView(newest, address, token.settings) }),
    ...returnUrlOf(token?.settings, 'cancel_url'),
  };
}

/** What this token may pay with, without what the merchant has switched off. */
export function providersFor({ token, disabledProviders }: Standing): readonly Provider[] {
  if (!token) return [];
  const direction = token.flow === 'withdrawal' ? 'out' : 'in';
  return PROVIDERS.filter(
    (provider) =>
      provider.direction === direction &&
      !disabledProviders.includes(provider.id) &&
      (token.flow !== 'direct' || provider.id === token.providerId),
  );
}

const providerView = ({ id, name, label, kind }: Provider): ProviderView => ({ id, name, label, kind });

function amountView({ amount, currency, restricted, maxDeposit }: Token): AmountView {
  const digits = minorDigits(currency) ?? 2;
  const unit = 10n ** BigInt(digits);
  const write = (minor: bigint): string => formatMoney({ minor, currency });
  const quick = QUICK_AMOUNTS.map((major) => major * unit).filter(
    (minor) => maxDeposit === null || minor <= maxDeposit,
  );
  return {
    currency,
    minorDigits: digits,
    restricted: restricted && amount !== null,
    min: write(1n),
    quick: quick.map(write),
    ...(amount !== null && { value: write(amount) }),
    ...(maxDeposit !== null && { max: write(maxDeposit) }),
  };
}

/** The bank's page. `address` is the sandbox's own, as others see it. */
export const challengeUrl = (address: string, challengeId: string): string =>
  `${address}${PLACES.gateway}/3ds/${challengeId}`;

/** The hosted cashier with a token in it: what a direct order may be answered with instead of the token. */
export const cashierUrl = (address: string, token: string): string =>
  `${address}${PLACES.gateway}/cashier?token=${token}`;

export function paymentView(
  transaction: Transaction,
  address: string,
  settings: Token['settings'] = {},
): PaymentView {
  const { id, status, amount, currency, providerId, reason, challengeId, waitsFor } = transaction;
  const instructions = instructionsFor(transaction);
  return {
    transactionId: id,
    status: statusOf(status),
    rawStatus: status,
    amount: formatMoney({ minor: amount, currency }),
    currency,
    providerId,
    ...(reason !== null && { reason }),
    ...(waitsFor === 'challenge' &&
      challengeId !== null && { challengeUrl: `${challengeUrl(address, challengeId)}?within=cashier` }),
    ...(instructions && { instructions }),
    ...returnUrlOf(settings, WAYS_BACK[transaction.status]),
  };
}

/** What the shopper has to send where. Nothing here is a real account or address. */
function instructionsFor({ id, providerId, type }: Transaction): PaymentView['instructions'] {
  if (type === 'withdrawal') return undefined;
  switch (findProvider(providerId)?.kind) {
    case 'bank_transfer':
      return [
        { label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' },
        { label: 'Reference', value: id.toUpperCase() },
      ];
    case 'crypto':
      return [
        { label: 'Network', value: 'Sandbox testnet' },
        { label: 'Address', value: `sandbox1q${id}` },
      ];
    default:
      return undefined;
  }
}

/** Where the shopper goes back to, by how the payment stands; an address of its own for it wins over `return_url`. */
const WAYS_BACK = { pending: 'return_url', successful: 'success_url', rejected: 'failure_url' } as const;

function returnUrlOf(
  settings: Token['settings'] | undefined,
  name: (typeof WAYS_BACK)[keyof typeof WAYS_BACK] | 'cancel_url',
): { readonly returnUrl?: string } {
  const url = [settings?.[name], settings?.return_url].find(
    (given): given is string => typeof given === 'string' && /^https?:\/\//.test(given),
  );
  return url === undefined ? {} : { returnUrl: url };
}

function languageOf(token: Token | undefined): string {
  const language = token?.settings.language;
  return typeof language === 'string' ? language : 'en';
}

/** Who may frame the page: the origins named at the mint, else any page of this machine. */
export function frameAncestors(token: Token | undefined): string {
  const named = token?.settings.allowed_origins;
  const origins = Array.isArray(named)
    ? named.filter((origin) => typeof origin === 'string').filter(isOrigin)
    : [];
  return origins.length > 0
    ? origins.join(' ')
    : 'http://localhost:* http://127.0.0.1:* http://*.localhost:*';
}

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
