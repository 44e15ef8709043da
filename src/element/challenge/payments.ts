/** Which payment without a hosted page there is; all that it needs comes when there is one. */
import type { Language } from '../../model/languages.ts';
import { safeUrl } from '../../model/safe-url.ts';
import { CashierError } from '../errors.ts';
import { KassaChallengeEvent } from '../events.ts';
import { INITIAL, type State } from '../machine/machine.ts';
import { patiently } from '../patiently.ts';
import type { Payment, PaymentHost } from './host.ts';

interface PaymentsHost extends Pick<PaymentHost, 'tag' | 'holder' | 'send' | 'begin'> {
  readonly language: () => Language;
  readonly state: () => State;
}

export class Payments {
  readonly #host: PaymentsHost;
  #follow: ((state: State) => void) | undefined;
  /** The one that was begun last. */
  #known: string | undefined;
  /** How many were asked for: the last one counts. */
  #asked = 0;

  constructor(host: PaymentsHost) {
    this.#host = host;
  }

  isNews(payment: Payment): boolean {
    return nameOf(payment) !== this.#known;
  }

  follow(state: State): void {
    this.#follow?.(state);
  }

  async start(payment: Payment | undefined): Promise<void> {
    const { tag, send, state, language } = this.#host;
    this.#asked += 1;
    const turn = this.#asked;
    this.#known = payment && nameOf(payment);
    const isOver = (): boolean => !tag.isConnected || turn !== this.#asked;
    const part = await patiently(() => import('./payment.ts'), isOver, send);
    if (!part) return;
    const follow = part.startPayment(payment, {
      ...this.#host,
      language: language(),
      safeUrl,
      begin: (session, phase) => this.#begin(session, phase),
      CashierError,
      KassaChallengeEvent,
    });
    if (!follow) return;
    this.#follow = follow;
    follow(state());
  }

  #begin(...payment: Parameters<PaymentHost['begin']>): () => boolean {
    const before = this.#follow;
    const isOpen = this.#host.begin(...payment);
    if (isOpen()) {
      before?.(INITIAL);
      this.#follow = undefined;
    } else this.#known = undefined;
    return isOpen;
  }
}

/** Frameworks hand over equal values anew with each render. */
const nameOf = ({ trackingId, url }: Payment): string => JSON.stringify([trackingId, url]);
