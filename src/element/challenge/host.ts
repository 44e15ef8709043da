/** What a challenge is about, and what it needs of the element around it. */
import type { Flow } from '../../model/flows.ts';
import type { Language } from '../../model/languages.ts';
import type { Session } from '../../wire/session.ts';
import type { CashierError } from '../errors.ts';
import type { KassaChallengeEvent } from '../events.ts';
import type { Input, State } from '../machine/machine.ts';

export const CHALLENGES = ['auto', 'frame', 'popup', 'redirect'] as const;
export type ChallengeMode = (typeof CHALLENGES)[number];

/** The gateway's S2S answer, as it came, and the order it belongs to. */
export interface Payment {
  readonly trackingId: string;
  /** Empty, null, missing or the documents' unfilled template when there is no challenge. */
  readonly url?: string | null | undefined;
  /** With these, the bank's page is opened by posting them to `url` (`creq`, `threeDSSessionData`, `PaReq` and the like). */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly transaction_status: string;
  readonly error?: string | { readonly message?: string | undefined } | undefined;
  /** Where the backend says how it ended; without one the outcome stays unverified. */
  readonly statusUrl?: string | undefined;
  readonly flow?: Flow | undefined;
}

export interface PaymentHost {
  readonly tag: HTMLElement & { readonly challenge: ChallengeMode };
  readonly holder: Element;
  readonly language: Language;
  /** Passed in, like all that the first file holds already. */
  readonly safeUrl: (value: string) => URL | undefined;
  /** Answers whether this payment is the one that is open: not when another one may still move money, or once it was closed. */
  readonly begin: (session: Session, phase: 'busy' | 'challenge') => () => boolean;
  readonly send: (input: Input) => void;
  readonly state: () => State;
  readonly CashierError: typeof CashierError;
  readonly KassaChallengeEvent: typeof KassaChallengeEvent;
}

/** What is remembered of payments between one and the next. */
export interface KnownPayments {
  /** What is shown of it hears of each state. */
  follow: ((state: State) => void) | undefined;
  /** The name of the one that was begun last. */
  known: string | undefined;
}
