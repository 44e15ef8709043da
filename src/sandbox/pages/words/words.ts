/** What the hosted pages say. One file a language; English is always there, the others come when asked for. */

export interface Words {
  readonly secure: string;
  readonly testMode: string;
  readonly testCards: string;
  readonly amount: string;
  readonly amountToPay: string;
  readonly amountToGet: string;
  readonly suggestedAmounts: string;
  readonly upTo: (amount: string) => string;
  readonly howToPay: string;
  readonly whereTo: string;
  /** By the provider's machine name; a provider that is not here keeps its own label. */
  readonly providers: Readonly<Record<string, string>>;
  readonly providerNote: Readonly<Record<'wallet' | 'bank_transfer' | 'crypto', string>>;
  readonly cardNumber: string;
  readonly expiryDate: string;
  readonly expiryFormat: string;
  readonly securityCode: string;
  readonly nameOnCard: string;
  readonly accountHolder: string;
  readonly iban: string;
  readonly pay: (amount: string) => string;
  readonly withdraw: (amount: string) => string;
  readonly loading: string;
  readonly processing: string;
  readonly doNotClose: string;
  readonly confirmWithBank: string;
  readonly sendTransfer: string;
  readonly sendTransferText: (amount: string) => string;
  /** By the label of an instruction. */
  readonly instructions: Readonly<Record<string, string>>;
  readonly paid: string;
  readonly paidText: (amount: string) => string;
  readonly declined: string;
  readonly declinedText: string;
  readonly withdrawalAsked: string;
  readonly withdrawalAskedText: (amount: string) => string;
  readonly withdrawalSent: string;
  readonly withdrawalSentText: (amount: string) => string;
  readonly withdrawalDeclined: string;
  readonly confirmedByShop: string;
  readonly reference: string;
  readonly tryAgain: string;
  readonly cancel: string;
  readonly backToShop: string;
  readonly acceptedCards: string;
  readonly codeHelp: string;
  readonly cardNetwork: string;
  readonly allRequired: string;
  readonly express: string;
  readonly orElse: string;
  readonly savedCard: (brand: string, lastFour: string) => string;
  readonly newCard: string;
  readonly saveCard: string;
  readonly deleteCard: (text: string) => string;
  readonly cardDeleted: string;
  readonly checking: string;
  readonly confirming: string;
  readonly copy: (text: string) => string;
  readonly copied: (text: string) => string;
  readonly payBefore: (text: string) => string;
  readonly scan: string;
  readonly otherMethod: string;
  readonly otherMethodNote: string;
  readonly tryAgainText: string;
  readonly yourOrder: string;
  /** The gateway's reasons, as far as they are known. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly closed: Readonly<
    Record<
      'no-token' | 'unknown' | 'expired' | 'used' | 'maintenance',
      { readonly title: string; readonly text: string }
    >
  >;
  readonly errors: Readonly<Record<FieldError, string | ((brand: string, digits: string) => string)>>;
  readonly problems: Readonly<Record<Problem, string>>;
  readonly bank: BankWords;
}

export interface BankWords {
  readonly title: string;
  readonly text: (amount: string, card: string) => string;
  readonly code: string;
  readonly hint: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly wrongCode: string;
  readonly waiting: string;
  readonly confirming: string;
  readonly unknownTitle: string;
  readonly unknownText: string;
  readonly over: string;
}

export const FIELD_ERRORS = [
  'required',
  'too-long',
  'card-number',
  'expiry',
  'expired-card',
  'card-incomplete',
  'card-length',
  'security-code',
  'security-code-4',
  'iban',
  'iban-length',
  'iban-checksum',
  'amount',
  'amount-fixed',
  'above-limit',
  'invalid',
] as const;
export type FieldError = (typeof FIELD_ERRORS)[number];

/** What keeps a payment from being made, though nothing in the form is wrong. */
export type Problem =
  | 'offline'
  | 'checking'
  | 'not-arrived'
  | 'still-unknown'
  | 'processor-broke'
  | 'no-new-session'
  | 'deleting';
