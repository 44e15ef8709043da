/** What there is: the state of a cashier, what can happen to it, and what it can do. Types only. */
import type { Outcome } from '../../model/outcome.ts';
import type { Status } from '../../model/statuses.ts';
import type { CashierError } from '../errors.ts';

export type Phase = 'idle' | 'loading' | 'ready' | 'busy' | 'challenge' | 'settled' | 'failed';

/** What the machine has to know of a session. */
export interface SessionFacts {
  readonly trackingId: string;
  /** There is a status URL, so that the backend can confirm. */
  readonly verifiable: boolean;
  /** Until the token stops working, in milliseconds; not a number when nobody said. */
  readonly expiresInMs?: number;
}

/** What is known about the payment of this session. */
export interface Knowledge {
  readonly status: Status;
  readonly rawStatus: string;
  readonly verified: boolean;
  readonly transactionId?: string;
  readonly reason?: string;
}

export interface State {
  readonly phase: Phase;
  readonly session?: SessionFacts;
  readonly knowledge?: Knowledge;
  readonly outcome?: Outcome;
  /** Money moves: closing is refused. */
  readonly locked: boolean;
  /** The hosted page has said hello, so tokens can travel over the port. */
  readonly connected: boolean;
  /** There is a document in the frame, whatever it is: a browser's error page loads too. */
  readonly loaded: boolean;
  /** The frame was opened before there was a token: each hello is answered with one, as soon as there is one. */
  readonly warm: boolean;
  /** The page was closed to be opened anew with another token, which is still on its way. */
  readonly closed?: boolean;
  /** It is paid in another tab, or was charged elsewhere: here it can only be followed. */
  readonly elsewhere?: boolean;
  /** Money may have moved, though nobody has said so: only the backend knows. */
  readonly risked?: boolean;
  /** The shopper has been in a page that says nothing: what they did there, only the backend can know. */
  readonly touched?: boolean;
  /** What was asked about the end of this token, each once: that it is near, that it is over. `spent`: no other came. */
  readonly doubted?: 'soon' | 'over' | 'spent';
  /** A session was fetched without anybody's hand; the next one waits until the pause is over. */
  readonly resting?: boolean;
  /** What waits for the end of that pause. */
  readonly wanted?: 'source' | 'token-expired';
  readonly error?: CashierError;
}

export type TimerName = 'hello' | 'confirm' | 'expiry' | 'rest';
export type Closer = 'shopper' | 'page' | 'frame';

export type Input =
  | { readonly type: 'open' }
  /** Load the hosted page before there is a token. */
  | { readonly type: 'prewarm' }
  /** There is somebody to ask for a session now, or somebody else than before. */
  | { readonly type: 'source' }
  /** `moved`: its hosted page is not the one that the frame shows. `again`: its token is the one that was there. */
  | {
      readonly type: 'session';
      readonly session: SessionFacts;
      readonly moved?: boolean;
      readonly again?: boolean;
    }
  | { readonly type: 'session-failed'; readonly error: CashierError }
  /** The frame said hello; all else it says comes over the port. */
  | { readonly type: 'hello' }
  /** The shopper's own focus went into the frame of a page that has not said hello. */
  | { readonly type: 'touched' }
  /** `usable`: this page is not expected to say when it can be used. */
  | { readonly type: 'loaded'; readonly usable: boolean }
  | { readonly type: 'frame-ready' }
  | { readonly type: 'frame-busy'; readonly locked: boolean }
  | {
      readonly type: 'hint';
      readonly status: Status;
      /** The gateway's own word, where it was heard. */
      readonly rawStatus?: string;
      readonly transactionId?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'token-expired' }
  /** The frame cannot work: blocked, refused, unsafe, of another version. */
  | { readonly type: 'frame-error'; readonly error: CashierError }
  /** The status route does not answer. Told, and waited for: it says nothing about the money. */
  | { readonly type: 'feed-error'; readonly error: CashierError }
  /** Another tab of this browser has the same order open. */
  | { readonly type: 'occupied'; readonly error: CashierError }
  /** A payment that began elsewhere: charged by the shop's backend, or left for a redirect. It has no hosted page here. */
  | { readonly type: 'resume'; readonly session: SessionFacts; readonly phase: 'busy' | 'challenge' }
  /** The shopper came back from the bank; how it ended is the backend's to say. */
  | { readonly type: 'returned' }
  /** The backend's word. */
  | {
      readonly type: 'report';
      readonly status: Status;
      readonly rawStatus: string;
      readonly transactionId?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'timer'; readonly name: TimerName }
  | { readonly type: 'close'; readonly by: Closer }
  /** Nobody prevented `kassa-close`. */
  | { readonly type: 'close-agreed' }
  /** Nobody prevented `kassa-expiring`. */
  | { readonly type: 'renew' }
  | { readonly type: 'retry' }
  /** The element left the document for good. */
  | { readonly type: 'detach' };

export type Effect =
  | { readonly do: 'fetch-session' }
  | { readonly do: 'warm-frame' }
  | { readonly do: 'open-frame' }
  /** Hands the new token to the page that is open already. */
  | { readonly do: 'send-session' }
  | { readonly do: 'close-frame' }
  | { readonly do: 'start-feed' }
  | { readonly do: 'stop-feed' }
  | { readonly do: 'start-timer'; readonly name: TimerName; readonly ms?: number }
  | { readonly do: 'stop-timer'; readonly name: TimerName }
  | { readonly do: 'send-verified'; readonly status: Status }
  | { readonly do: 'tell-ready' }
  | { readonly do: 'tell-status'; readonly knowledge: Knowledge; readonly previous: Status | undefined }
  | { readonly do: 'tell-outcome'; readonly outcome: Outcome }
  | { readonly do: 'tell-error'; readonly error: CashierError }
  | { readonly do: 'ask-close'; readonly by: Closer }
  | { readonly do: 'ask-renew'; readonly secondsLeft: number }
  | { readonly do: 'tell-closed'; readonly outcome: Outcome };

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}
