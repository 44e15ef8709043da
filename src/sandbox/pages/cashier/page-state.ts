/** What the page shows, as data. */
import type { Status } from '../../../model/statuses.ts';
import type { CashierState, CashierView, PaymentView, ProviderView, SavedCardView } from '../view.ts';
import type { Problem, Words } from '../words/words.ts';
import { digitsOf } from './card.ts';
import { EMPTY, type Faults, type Terms, type Values } from './form.ts';

export interface PageState {
  readonly words: Words;
  /** BCP 47, for amounts and dates. */
  readonly lang: string;
  /** Absent while the page waits for its token, or for the answer about it. */
  readonly view: CashierView | undefined;
  readonly providerId: string | undefined;
  /** A saved card's id, or `NEW_CARD`; without a choice the newest saved one. */
  readonly cardChoice: string | undefined;
  /** The network chosen of a card that has two. */
  readonly network: string | undefined;
  readonly saveCard: boolean;
  /** Where the code is on a card is shown. */
  readonly codeHelp: boolean;
  readonly values: Values;
  readonly faults: Faults;
  readonly problem: Problem | undefined;
  /** The request to pay is on its way. */
  readonly sending: boolean;
  /** A new session is on its way, and the payment goes on with it; nothing moves money meanwhile. */
  readonly renewing: boolean;
  readonly payment: PaymentView | undefined;
  /** The bank's page said that it is over; how it ended is not known yet. */
  readonly confirming: boolean;
  /** The line of a transfer that was copied last. */
  readonly copied: string | undefined;
  /** The last thing that is to be heard, and cannot be seen to have changed. */
  readonly said: string;
  /** What the shop's backend confirmed, by way of the page around this one. */
  readonly verified: Status | undefined;
  /** Stands alone in a tab, with no shop page around it. */
  readonly alone: boolean;
}

export const initialState = (words: Words, lang: string, alone: boolean): PageState => ({
  words,
  lang,
  view: undefined,
  providerId: undefined,
  cardChoice: undefined,
  network: undefined,
  saveCard: false,
  codeHelp: false,
  values: EMPTY,
  faults: {},
  problem: undefined,
  sending: false,
  renewing: false,
  payment: undefined,
  confirming: false,
  copied: undefined,
  said: '',
  verified: undefined,
  alone,
});

export type Screen =
  | { readonly name: 'loading' }
  | { readonly name: 'closed'; readonly why: Exclude<CashierState, 'open'> }
  | { readonly name: 'form' }
  | { readonly name: 'challenge'; readonly payment: PaymentView; readonly url: string }
  | { readonly name: 'waiting'; readonly payment: PaymentView }
  | { readonly name: 'result'; readonly payment: PaymentView };

/** Which screen it is; everything else follows from the state. */
export function screenOf(state: PageState): Screen {
  const { view, sending, confirming, verified } = state;
  if (!view) return { name: 'loading' };
  // The shop's backend knows it already; this page asks the gateway and says the same meanwhile.
  const payment: PaymentView | undefined =
    verified === 'succeeded' && state.payment ? { ...state.payment, status: verified } : state.payment;
  if (payment?.status === 'failed' && canTryAgain(state)) return { name: 'form' };
  if (payment && payment.status !== 'pending') return { name: 'result', payment };
  if (payment?.challengeUrl !== undefined && !confirming) {
    return { name: 'challenge', payment, url: payment.challengeUrl };
  }
  if (payment && !sending) return { name: 'waiting', payment };
  return view.state === 'open' ? { name: 'form' } : { name: 'closed', why: view.state };
}

/** A decline is no end: the form stays. A shop's page around this one can fetch a new session for an old one. */
function canTryAgain({ view, alone }: PageState): boolean {
  if (!view || view.flow === 'withdrawal' || view.providers.length === 0) return false;
  return view.state === 'open' || (view.state === 'expired' && !alone);
}

/** As the gateway says it of a payment that its shopper gave up. */
const SHOPPER_CANCELLED = 'Cancelled by the shopper';

/** Why the last attempt was not paid, when that was not the shopper's own wish. */
export function declineOf({ payment, verified }: PageState): PaymentView | undefined {
  const isDeclined = payment?.status === 'failed' && verified !== 'succeeded';
  return isDeclined && payment.reason !== SHOPPER_CANCELLED ? payment : undefined;
}

/** Wallets stand above the others as buttons, where there are others. */
export function methodsOf({ view }: PageState): {
  readonly express: readonly ProviderView[];
  readonly others: readonly ProviderView[];
} {
  const providers = view?.providers ?? [];
  const others = providers.filter(({ kind }) => kind !== 'wallet');
  if (others.length === 0) return { express: [], others: providers };
  return { express: providers.filter(({ kind }) => kind === 'wallet'), others };
}

export function chosenProvider(state: PageState): ProviderView | undefined {
  const { others } = methodsOf(state);
  return state.view?.providers.find(({ id }) => id === state.providerId) ?? others[0];
}

export const NEW_CARD = 'new';

export function chosenCard(state: PageState): SavedCardView | undefined {
  const { view, cardChoice } = state;
  if (chosenProvider(state)?.kind !== 'card' || cardChoice === NEW_CARD) return undefined;
  return view?.savedCards.find(({ id }) => id === cardChoice) ?? view?.savedCards[0];
}

/** The networks of the card that is typed, and which of them is used; none where there is nothing to choose. */
export function networksOf(
  state: PageState,
): { readonly networks: readonly string[]; readonly chosen: string } | undefined {
  const digits = digitsOf(state.values['card.number']);
  const { coBadges = [] } = chosenProvider(state) ?? {};
  const networks = coBadges.find(({ prefix }) => digits.startsWith(prefix))?.networks;
  const [first] = networks ?? [];
  if (!networks || first === undefined) return undefined;
  return { networks, chosen: networks.find((name) => name === state.network) ?? first };
}

export function termsOf(state: PageState, now: number): Terms | undefined {
  const provider = chosenProvider(state);
  const { view, saveCard } = state;
  if (!view?.amount || !provider) return undefined;
  return {
    amount: view.amount,
    provider,
    paysOut: view.flow === 'withdrawal',
    savedCardId: chosenCard(state)?.id,
    network: networksOf(state)?.chosen,
    saveCard,
    now,
  };
}

/** Money moves: from pressing the button until the end, except where the shopper is the one to act. */
export function isLocked({ sending, payment, view, problem, confirming }: PageState): boolean {
  // Who has waited that long for a connection may leave; the shop's backend hears of the payment all the same.
  if (sending) return problem !== 'still-unknown';
  if (payment?.status !== 'pending') return false;
  if (payment.challengeUrl !== undefined && !confirming) return false;
  return payment.transfer === undefined && view?.flow !== 'withdrawal';
}
