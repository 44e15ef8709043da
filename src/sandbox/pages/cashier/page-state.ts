/** What the page shows, as data. */
import type { Status } from '../../../model/statuses.ts';
import type { CashierState, CashierView, PaymentView, ProviderView } from '../view.ts';
import type { Problem, Words } from '../words/words.ts';
import { EMPTY, type Faults, type Terms, type Values } from './form.ts';

export interface PageState {
  readonly words: Words;
  /** BCP 47, for amounts and dates. */
  readonly lang: string;
  /** Absent while the page waits for its token, or for the answer about it. */
  readonly view: CashierView | undefined;
  readonly providerId: string | undefined;
  readonly values: Values;
  readonly faults: Faults;
  readonly problem: Problem | undefined;
  /** The request to pay is on its way. */
  readonly sending: boolean;
  /** A new session is on its way, and the payment goes on with it; nothing moves money meanwhile. */
  readonly renewing: boolean;
  readonly payment: PaymentView | undefined;
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
  values: EMPTY,
  faults: {},
  problem: undefined,
  sending: false,
  renewing: false,
  payment: undefined,
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
export function screenOf({ view, payment, sending }: PageState): Screen {
  if (!view) return { name: 'loading' };
  if (payment && payment.status !== 'pending') return { name: 'result', payment };
  if (payment?.challengeUrl !== undefined) return { name: 'challenge', payment, url: payment.challengeUrl };
  if (payment && !sending) return { name: 'waiting', payment };
  return view.state === 'open' ? { name: 'form' } : { name: 'closed', why: view.state };
}

export function chosenProvider({ view, providerId }: PageState): ProviderView | undefined {
  return view?.providers.find(({ id }) => id === providerId) ?? view?.providers[0];
}

export function termsOf(state: PageState, now: number): Terms | undefined {
  const provider = chosenProvider(state);
  const { view } = state;
  if (!view?.amount || !provider) return undefined;
  return { amount: view.amount, provider, paysOut: view.flow === 'withdrawal', now };
}

/** Money moves: from pressing the button until the end, except where the shopper is the one to act. */
export function isLocked({ sending, payment, view }: PageState): boolean {
  if (sending) return true;
  if (payment?.status !== 'pending' || payment.challengeUrl !== undefined) return false;
  return payment.instructions === undefined && view?.flow !== 'withdrawal';
}

/** Keeps what is not secret for another attempt. */
export const forAnotherTry = (values: Values): Values => ({
  ...values,
  'card.number': '',
  'card.expiry': '',
  'card.cvc': '',
});
