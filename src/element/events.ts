/**
 * The element's events: classes with their fields on the event itself, bubbling and composed. A request is cancelable
 * and comes before the act; a fact comes after it.
 */
import type { Outcome } from '../model/outcome.ts';
import type { Status } from '../model/statuses.ts';
import type { CashierError } from './errors.ts';
import type { Closer, Effect } from './machine/machine.ts';

class CashierEvent extends Event {
  constructor(type: string, fields: object, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    Object.assign(this, fields);
  }
}

/** The shopper can use the hosted page. */
export class KassaReadyEvent extends CashierEvent {
  constructor() {
    super('kassa-ready', {});
  }
}

export interface StatusFields {
  readonly status: Status;
  /** The gateway's own word. */
  readonly rawStatus: string;
  readonly previous: Status | undefined;
  readonly trackingId: string;
  readonly transactionId?: string | undefined;
  /** Text, never HTML. */
  readonly reason?: string | undefined;
  /** Confirmed by the shop's backend. Anything else is a hint. */
  readonly verified: boolean;
}

/** The payment has another status. */
export class KassaStatusEvent extends CashierEvent implements StatusFields {
  declare readonly status: Status;
  declare readonly rawStatus: string;
  declare readonly previous: Status | undefined;
  declare readonly trackingId: string;
  declare readonly transactionId: string | undefined;
  declare readonly reason: string | undefined;
  declare readonly verified: boolean;

  constructor(fields: StatusFields) {
    super('kassa-status', fields);
  }
}

/** A 3-D Secure challenge is about to be shown. Prevent it to show it yourself. */
export class KassaChallengeEvent extends CashierEvent {
  declare readonly url: string;
  declare readonly display: string;

  constructor(url: string, display: string) {
    super('kassa-challenge', { url, display }, true);
  }
}

/** The page is about to leave for another address. Prevent it to stay. */
export class KassaRedirectEvent extends CashierEvent {
  declare readonly url: string;
  declare readonly reason: string;

  constructor(url: string, reason: string) {
    super('kassa-redirect', { url, reason }, true);
  }
}

/** Somebody wants to close the cashier. Never sent while money moves: it is refused then. */
export class KassaCloseEvent extends CashierEvent {
  declare readonly by: Closer;

  constructor(by: Closer) {
    super('kassa-close', { by }, true);
  }
}

/** The cashier is closed. */
export class KassaClosedEvent extends CashierEvent {
  declare readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('kassa-closed', { outcome });
  }
}

/** The token is about to end, or has. A fresh session is fetched unless this is prevented. */
export class KassaExpiringEvent extends CashierEvent {
  declare readonly secondsLeft: number;

  constructor(secondsLeft: number) {
    super('kassa-expiring', { secondsLeft }, true);
  }
}

/** The one result of a session. Goods go out on the webhook, not on this. */
export class KassaOutcomeEvent extends CashierEvent {
  declare readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('kassa-outcome', { outcome });
  }
}

/** Something failed; the element shows a readable card. */
export class KassaErrorEvent extends CashierEvent {
  declare readonly error: CashierError;

  constructor(error: CashierError) {
    super('kassa-error', { error });
  }
}

export interface KassaEventMap {
  'kassa-ready': KassaReadyEvent;
  'kassa-status': KassaStatusEvent;
  'kassa-challenge': KassaChallengeEvent;
  'kassa-redirect': KassaRedirectEvent;
  'kassa-close': KassaCloseEvent;
  'kassa-closed': KassaClosedEvent;
  'kassa-expiring': KassaExpiringEvent;
  'kassa-outcome': KassaOutcomeEvent;
  'kassa-error': KassaErrorEvent;
}

/** What the machine wants the page to hear. An error is told once it is explained. */
export function eventOf(effect: Effect, trackingId: string): Event | undefined {
  switch (effect.do) {
    case 'tell-ready':
      return new KassaReadyEvent();
    case 'tell-status':
      return new KassaStatusEvent({ ...effect.knowledge, previous: effect.previous, trackingId });
    case 'tell-outcome':
      return new KassaOutcomeEvent(effect.outcome);
    case 'tell-closed':
      return new KassaClosedEvent(effect.outcome);
    case 'ask-close':
      return new KassaCloseEvent(effect.by);
    case 'ask-renew':
      return new KassaExpiringEvent(effect.secondsLeft);
    default:
      return undefined;
  }
}

declare global {
  // An interface can only be widened by an interface; its members are those of the map above.
  // oxlint-disable-next-line typescript/no-empty-object-type
  interface HTMLElementEventMap extends KassaEventMap {}
}
