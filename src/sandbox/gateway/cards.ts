/**
 * The test cards: one table that the start banner prints, the hosted page offers, and both the hosted page and S2S
 * obey. All pass Luhn; a number that is not listed pays.
 */

import { CARDS } from '../../model/test-cards.ts';
import type { CoBadge } from '../pages/view.ts';

export type CardEffect =
  | { readonly does: 'pays' }
  | { readonly does: 'declines'; readonly reason: string }
  | { readonly does: 'challenges'; readonly challenge: 'normal' | 'fails' | 'hangs' }
  | { readonly does: 'breaks' };

export interface TestCard {
  readonly number: string;
  /** For people. */
  readonly effect: string;
  readonly rule: CardEffect;
}

export const TEST_CARDS: readonly TestCard[] = [
  { number: CARDS.pays, effect: 'pays', rule: { does: 'pays' } },
  { number: CARDS.paysMastercard, effect: 'pays (Mastercard)', rule: { does: 'pays' } },
  {
    number: CARDS.paysCoBadged,
    effect: 'pays (Visa or Cartes Bancaires, as the shopper chooses)',
    rule: { does: 'pays' },
  },
  {
    number: CARDS.challenge,
    effect: 'asks for 3-D Secure (code 1234)',
    rule: { does: 'challenges', challenge: 'normal' },
  },
  {
    number: CARDS.declined,
    effect: 'is declined: Card declined',
    rule: { does: 'declines', reason: 'Card declined' },
  },
  {
    number: CARDS.insufficientFunds,
    effect: 'is declined: Insufficient funds',
    rule: { does: 'declines', reason: 'Insufficient funds' },
  },
  {
    number: CARDS.challengeFails,
    effect: 'fails 3-D Secure whatever is typed',
    rule: { does: 'challenges', challenge: 'fails' },
  },
  {
    number: CARDS.challengeHangs,
    effect: 'hangs in 3-D Secure',
    rule: { does: 'challenges', challenge: 'hangs' },
  },
  { number: CARDS.breaks, effect: 'breaks the processor (HTTP 500)', rule: { does: 'breaks' } },
];

/** The brands that are shown as accepted, by the names of the library that the page knows them by. */
export const BRANDS = [
  'visa',
  'mastercard',
  'american-express',
  'discover',
  'jcb',
  'unionpay',
  'diners-club',
  'maestro',
] as const;

/** Cards of two networks, of which their holder may choose (Regulation (EU) 2015/751, article 8). */
export const CO_BADGES: readonly CoBadge[] = [
  { prefix: '40000025', networks: ['visa', 'cartes-bancaires'] },
  { prefix: '55555525', networks: ['mastercard', 'cartes-bancaires'] },
];

/** Beginnings of numbers, as far as the sandbox needs them: the page tells brands by a library's ranges. */
const NETWORKS: readonly (readonly [RegExp, string])[] = [
  [/^4/, 'visa'],
  [/^(5[1-5]|2[2-7])/, 'mastercard'],
  [/^3[47]/, 'american-express'],
  [/^6(011|4[4-9]|5)/, 'discover'],
  [/^35/, 'jcb'],
  [/^(62|81)/, 'unionpay'],
  [/^3[0689]/, 'diners-club'],
  [/^(5[06-9]|6[37])/, 'maestro'],
];

/** Whose card it is; two where the holder may choose. */
export function networksOf(number: string): readonly string[] {
  const shared = CO_BADGES.find(({ prefix }) => number.startsWith(prefix));
  return (
    shared?.networks ?? NETWORKS.filter(([pattern]) => pattern.test(number)).map(([, network]) => network)
  );
}

/** What a kept card does: its beginning and end tell which test card it was. */
export function keptCardEffect(bin: string, lastFour: string): CardEffect {
  const card = TEST_CARDS.find(({ number }) => number.startsWith(bin) && number.endsWith(lastFour));
  return card?.rule ?? { does: 'pays' };
}

export function cardEffect(number: string): CardEffect {
  return TEST_CARDS.find((card) => card.number === number)?.rule ?? { does: 'pays' };
}
