/** The sandbox's test cards by what they are for; all pass Luhn. What each does is the sandbox's table. */
export const CARDS = {
  pays: '4242424242424242',
  paysMastercard: '5555555555554444',
  /** Visa or Cartes Bancaires, as the shopper chooses. */
  paysCoBadged: '4000002500001001',
  /** Asks for 3-D Secure; the code is 1234. */
  challenge: '4111111111111111',
  declined: '4000000000000002',
  insufficientFunds: '4000000000009995',
  /** 3-D Secure fails whatever is typed. */
  challengeFails: '4000000000003220',
  /** The bank's page never ends. */
  challengeHangs: '4000000000003063',
  /** The processor answers 500. */
  breaks: '4000000000000119',
} as const;

export type TestCardName = keyof typeof CARDS;
export type TestCardNumber = (typeof CARDS)[TestCardName];
