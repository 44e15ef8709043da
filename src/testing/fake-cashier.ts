/**
 * The tag for unit tests in jsdom or happy-dom: no frame, no request, and it says what the test wants to hear. The real
 * one mounts there too; this one also ends.
 */
import {
  KassaClosedEvent,
  KassaErrorEvent,
  KassaOutcomeEvent,
  KassaReadyEvent,
  KassaStatusEvent,
} from '../element/events.ts';
import { CashierError, type CashierErrorCode } from '../element/errors.ts';
import type { Outcome, OutcomeKind } from '../model/outcome.ts';

const TAG = 'kassa-cashier';
/** What an outcome means as a status, where it means one. */
const STATUSES = { succeeded: 'succeeded', failed: 'failed', pending: 'pending' } as const;

export interface FakeCashier extends HTMLElement {
  /** What your code called on it, in order: `['show', 'close']`. */
  readonly calls: readonly string[];
  readonly outcome: Outcome | undefined;
  sessionUrl: string | null;
  open: boolean;
  show(): void;
  close(): void;
  reload(): void;
  resume(): void;
  result(): Promise<Outcome>;
  /** The shopper can use the hosted page. */
  ready(): void;
  /** Ends the session: `kassa-status`, then `kassa-outcome`. Verified, as if your backend had confirmed it. */
  end(kind: OutcomeKind, more?: Partial<Outcome>): void;
  /** Something failed: `kassa-error`. */
  fail(code: CashierErrorCode): void;
}

/** Registers it as `<kassa-cashier>`, before anything imports the real one. */
export function defineFakeCashier(): void {
  if (customElements.get(TAG)) {
    throw new Error(
      `<${TAG}> is defined already: call defineFakeCashier() before kassa/define or kassa/react is imported.`,
    );
  }
  customElements.define(TAG, createClass());
}

/** The fake tag on the page; `within` is where to look, by default the document. */
export function fakeCashier(within: ParentNode = document): FakeCashier {
  const found: Element | null = within.querySelector(TAG);
  if (found && 'calls' in found) return found as FakeCashier;
  throw new Error(
    found ? `<${TAG}> is the real one: call defineFakeCashier() first.` : `There is no <${TAG}> here.`,
  );
}

/** Late, because Node has no HTMLElement. */
function createClass(): new () => FakeCashier {
  return class extends HTMLElement implements FakeCashier {
    readonly calls: string[] = [];
    outcome: Outcome | undefined = undefined;
    readonly #result = withResolvers<Outcome>();

    get sessionUrl(): string | null {
      return this.getAttribute('session-url');
    }
    set sessionUrl(url: string | null) {
      if (url === null) this.removeAttribute('session-url');
      else this.setAttribute('session-url', url);
    }
    get open(): boolean {
      return this.hasAttribute('open');
    }
    set open(isOpen: boolean) {
      this.toggleAttribute('open', isOpen);
    }

    show(): void {
      this.calls.push('show');
      this.open = true;
    }
    close(): void {
      this.calls.push('close');
      this.open = false;
      const outcome = this.outcome ?? { kind: 'cancelled', verified: false, trackingId: 'fake' };
      this.dispatchEvent(new KassaClosedEvent(outcome));
    }
    reload(): void {
      this.calls.push('reload');
      this.outcome = undefined;
    }
    resume(): void {
      this.calls.push('resume');
    }
    result(): Promise<Outcome> {
      return this.#result.promise;
    }

    ready(): void {
      this.dispatchEvent(new KassaReadyEvent());
    }
    end(kind: OutcomeKind, more: Partial<Outcome> = {}): void {
      const isStatus = kind in STATUSES;
      const outcome: Outcome = {
        kind,
        verified: kind === 'succeeded' || kind === 'failed',
        trackingId: 'fake',
        ...more,
      };
      this.outcome = outcome;
      if (isStatus) {
        const { trackingId, verified, transactionId, reason } = outcome;
        const status = STATUSES[kind as keyof typeof STATUSES];
        const fields = {
          status,
          rawStatus: status,
          previous: undefined,
          trackingId,
          verified,
          transactionId,
          reason,
        };
        this.dispatchEvent(new KassaStatusEvent(fields));
      }
      this.#result.resolve(outcome);
      this.dispatchEvent(new KassaOutcomeEvent(outcome));
    }
    fail(code: CashierErrorCode): void {
      this.dispatchEvent(new KassaErrorEvent(CashierError.of(code, { message: `A test says ${code}.` })));
    }
  };
}

/** `Promise.withResolvers` is of Node 22. */
function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
