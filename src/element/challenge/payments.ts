/** Which payment without a hosted page there is; all that it needs comes when there is one. */
import type { State } from '../machine/machine.ts';
import { patiently } from '../patiently.ts';
import type { KnownPayments, Payment, PaymentHost } from './host.ts';

export class Payments implements KnownPayments {
  follow: ((state: State) => void) | undefined;
  known: string | undefined;
  /** How many were asked for: the last one counts. */
  #asked = 0;

  isNews(payment: Payment): boolean {
    return nameOf(payment) !== this.known;
  }

  async start(host: PaymentHost, payment?: Payment): Promise<void> {
    this.#asked += 1;
    const turn = this.#asked;
    this.known = payment && nameOf(payment);
    const isOver = (): boolean => !host.tag.isConnected || turn !== this.#asked;
    const part = await patiently(() => import('./payment.ts'), isOver, host.send);
    part?.startPayment(host, this, payment);
  }
}

/** Frameworks hand over equal values anew with each render. */
const nameOf = ({ trackingId, url }: Payment): string => JSON.stringify([trackingId, url]);
