/** Asks the gateway about a payment until its end is known: quickly at first, then slowly. */
import type { PaymentView } from '../view.ts';

const ASK_EVERY_MS = 400;
export const ASK_SLOWLY_MS = 1_500;
/** After this many quick questions the payment is a slow one. */
const QUICK_QUESTIONS = 50;
/** Without a word from the gateway for so long, the shopper is told that we do not know, and may leave. */
const PATIENCE_MS = 60_000;

export interface PaymentWatchOptions {
  /** The newest payment of the token. */
  readonly ask: () => Promise<PaymentView | undefined>;
  readonly current: () => PaymentView | undefined;
  readonly hear: (payment: PaymentView) => void;
  readonly now: () => number;
}

export class PaymentWatch {
  readonly #options: PaymentWatchOptions;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PaymentWatchOptions) {
    this.#options = options;
  }

  /** Nothing is asked unless a payment is pending. */
  begin(): void {
    if (this.#options.current()?.status === 'pending') this.#later(0);
  }

  /** Something is known to have happened. */
  askNow(): void {
    void this.#ask(0);
  }

  /** After a request without an answer: asked until there is one, whatever it is. */
  async whatArrived(tellUnknown: () => void): Promise<PaymentView | undefined> {
    const { ask, now } = this.#options;
    const since = now();
    for (;;) {
      try {
        return await ask();
      } catch {
        if (now() - since > PATIENCE_MS) tellUnknown();
        await new Promise((resolve) => setTimeout(resolve, ASK_SLOWLY_MS));
      }
    }
  }

  #later(asked: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(
      () => void this.#ask(asked),
      asked < QUICK_QUESTIONS ? ASK_EVERY_MS : ASK_SLOWLY_MS,
    );
  }

  async #ask(asked: number): Promise<void> {
    const { ask, current, hear } = this.#options;
    clearTimeout(this.#next);
    const payment = await ask().catch(() => undefined);
    if (payment && payment.transactionId === current()?.transactionId) hear(payment);
    if (current()?.status === 'pending') this.#later(asked + 1);
  }
}
