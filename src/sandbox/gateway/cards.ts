/**
 * The test cards: one table that the start banner prints, the hosted page offers, and both the hosted page and S2S
 * obey. All pass Luhn; a number that is not listed pays.
 */

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
  { number: '4242424242424242', effect: 'pays', rule: { does: 'pays' } },
  { number: '5555555555554444', effect: 'pays (Mastercard)', rule: { does: 'pays' } },
  {
    number: '4111111111111111',
    effect: 'asks for 3-D Secure (code 1234)',
    rule: { does: 'challenges', challenge: 'normal' },
  },
  {
    number: '4000000000000002',
    effect: 'is declined: Card declined',
    rule: { does: 'declines', reason: 'Card declined' },
  },
  {
    number: '4000000000009995',
    effect: 'is declined: Insufficient funds',
    rule: { does: 'declines', reason: 'Insufficient funds' },
  },
  {
    number: '4000000000003220',
    effect: 'fails 3-D Secure whatever is typed',
    rule: { does: 'challenges', challenge: 'fails' },
  },
  {
    number: '4000000000003063',
    effect: 'hangs in 3-D Secure',
    rule: { does: 'challenges', challenge: 'hangs' },
  },
  { number: '4000000000000119', effect: 'breaks the processor (HTTP 500)', rule: { does: 'breaks' } },
];

export function cardEffect(number: string): CardEffect {
  return TEST_CARDS.find((card) => card.number === number)?.rule ?? { does: 'pays' };
}
