/** What the hosted page is told: pure functions from rows to views. */
import { languageTag } from '../../model/languages.ts';
import { formatMoney, minorDigits } from '../../model/money.ts';
import { statusOf } from '../../model/gateway/statuses.ts';
import { PLACES } from '../places.ts';
import type { AmountView, CashierState, CashierView, PaymentView, ProviderView } from '../pages/view.ts';
import { BRANDS, CO_BADGES, TEST_CARDS } from './cards.ts';
import { inOrderOf, linesOf, shopOf } from './order-settings.ts';
import { savedCardView } from './saved-cards.ts';
import { type Provider, PROVIDERS } from './seeds.ts';
import { transferFor } from './transfer.ts';
import type { PaymentCard, Token, Transaction } from '../store/schema.ts';

/** Offered beside the amount when the shopper may choose it, in major units. */
const QUICK_AMOUNTS = [10n, 25n, 50n, 100n];

export interface Standing {
  /** The page came with a token, be it a good one or not. */
  readonly asked: boolean;
  readonly token: Token | undefined;
  readonly newest: Transaction | undefined;
  /** Those of the token's shopper. */
  readonly savedCards: readonly PaymentCard[];
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
  const { token, newest, savedCards } = standing;
  const shop = token && shopOf(token.settings);
  const state = cashierState(standing);
  return {
    state,
    flow: token?.flow ?? 'deposit',
    testMode: true,
    theme: token?.theme,
    lang: lang || languageOf(token),
    lines: token ? linesOf(token.settings) : [],
    providers: providersFor(standing).map(providerView),
    savedCards: savedCards.map(savedCardView),
    testCards: TEST_CARDS.map(({ number, effect }) => ({ number, effect })),
    ...(shop && { shop }),
    ...(token && { amount: amountView(token) }),
    ...(token && newest && { payment: paymentView(newest, address, token.settings) }),
    ...returnUrlOf(token?.settings, 'cancel_url'),
  };
}

/** What this token may pay with, without what the merchant has switched off. */
export function providersFor({ token, disabledProviders }: Standing): readonly Provider[] {
  if (!token) return [];
  const direction = token.flow === 'withdrawal' ? 'out' : 'in';
  const open = PROVIDERS.filter(
    (provider) =>
      provider.direction === direction &&
      !disabledProviders.includes(provider.id) &&
      (token.flow !== 'direct' || provider.id === token.providerId),
  );
  return inOrderOf(token.settings, open);
}

const providerView = ({ id, name, label, kind }: Provider): ProviderView => ({
  id,
  name,
  label,
  kind,
  ...(kind === 'card' && { brands: BRANDS, coBadges: CO_BADGES }),
});

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
  const transfer = transferFor(transaction);
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
    ...(transfer && { transfer }),
    ...returnUrlOf(settings, WAYS_BACK[transaction.status]),
  };
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
  return languageTag(token?.settings.language) ?? 'en';
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
